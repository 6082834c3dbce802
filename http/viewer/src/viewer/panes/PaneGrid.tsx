import { useEffect, useRef } from 'react';
import { renderingEngine } from '../cornerstone/engine';
import { useViewer } from '../state';
import { PaneFrame } from './PaneFrame';
import styles from './PaneGrid.module.css';

/** Draws the viewports anew in their new sizes, once a frame at most. */
function followSize(element: HTMLElement): () => void {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => renderingEngine().resize(true, true));
  });
  for (const child of [element, ...element.children]) observer.observe(child);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}

/** The panes in rows and columns, or the enlarged one alone. */
export function PaneGrid() {
  const { panes, layout, enlargedPane } = useViewer();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => (grid.current === null ? undefined : followSize(grid.current)), [panes.length]);
  const isEnlarged = enlargedPane !== null;
  return (
    <div
      ref={grid}
      className={styles['grid']}
      style={{
        gridTemplateRows: `repeat(${isEnlarged ? 1 : layout.rows}, minmax(0, 1fr))`,
        gridTemplateColumns: `repeat(${isEnlarged ? 1 : layout.columns}, minmax(0, 1fr))`,
      }}
    >
      {panes.map((pane, index) => (
        <PaneFrame key={pane.id} pane={pane} position={index + 1} isHidden={isEnlarged && pane.id !== enlargedPane} />
      ))}
    </div>
  );
}
