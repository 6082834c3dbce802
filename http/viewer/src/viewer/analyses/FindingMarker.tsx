import { flatOf } from '../cornerstone/engine';
import { usePaneView } from '../panes/paneView';
import { ringOf, useMarker } from './marker';
import styles from './FindingMarker.module.css';

/** A ring around the place of the finding that was chosen, where a pane's image shows it. */
export function FindingMarker({ pane }: { pane: string }) {
  const marker = useMarker((state) => state.marker);
  const { imageId } = usePaneView(pane);
  const viewport = flatOf(pane);
  if (marker === null || imageId === null || viewport === undefined) return null;
  const ring = ringOf(viewport, marker);
  if (ring === undefined) return null;
  return (
    <svg
      className={styles['marker']}
      aria-hidden
      data-finding-marker={marker.finding}
      data-rejected={marker.isRejected || undefined}
    >
      <circle cx={ring.x} cy={ring.y} r={ring.radius} />
    </svg>
  );
}
