import { stackOf } from '../cornerstone/engine';
import { usePaneView } from '../panes/paneView';
import { useViewer } from '../state';
import { text } from '../study/dicomJson';
import { headerOf } from './nearestImage';
import { referenceLine } from './referenceLine';
import styles from './ReferenceLine.module.css';

/** Where the active pane's image cuts the image of this one. */
export function ReferenceLine({ pane }: { pane: string }) {
  const isOn = useViewer(({ links, activePane }) => links.lines && activePane !== pane);
  const active = useViewer((state) => state.activePane);
  const source = usePaneView(active).imageId;
  const target = usePaneView(pane).imageId;
  const viewport = stackOf(pane);
  if (!isOn || source === null || target === null || viewport === undefined) return null;
  const [from, to] = [headerOf(source), headerOf(target)];
  const isSameFrame = from && to && text(from, '00200052') === text(to, '00200052');
  const line = isSameFrame === true ? referenceLine(from, to) : undefined;
  if (line === undefined) return null;
  const [a, b] = line.map(([x, y, z]) => viewport.worldToCanvas([x, y, z]));
  if (a === undefined || b === undefined) return null;
  return (
    <svg className={styles['lines']} aria-hidden data-reference-line>
      <line x1={a[0]} y1={a[1]} x2={b[0]} y2={b[1]} />
    </svg>
  );
}
