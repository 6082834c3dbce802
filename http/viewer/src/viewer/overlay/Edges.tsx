import type { PaneView } from '../panes/paneView';
import type { DataSet } from '../study/dicomJson';
import { edgeLetters } from './orientation';
import styles from './Overlay.module.css';

const sides = ['top', 'right', 'bottom', 'left'] as const;

/** Which side of the patient lies at which edge. */
export function Edges({ data, view: { right, down } }: { data: DataSet; view: PaneView }) {
  const letters = right !== null && down !== null ? edgeLetters(data, right, down) : undefined;
  if (letters === undefined) return null;
  return sides.map((side) => (
    <span key={side} className={styles['edge']} data-side={side}>
      {letters[side]}
    </span>
  ));
}
