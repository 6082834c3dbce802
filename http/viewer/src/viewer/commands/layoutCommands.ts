import { viewer } from '../state';
import type { Command } from './command';

function layout(rows: number, columns: number): Command {
  return {
    id: `layout.${rows}x${columns}`,
    group: 'layout',
    isElsewhere: true,
    keys: `Ctrl+Alt+${(rows - 1) * 3 + columns}`,
    isOn: (state) => state.layout.rows === rows && state.layout.columns === columns,
    run: () => viewer.setLayout({ rows, columns }),
  };
}

/** Divides the screen into panes and moves between them. */
export const layoutCommands: readonly Command[] = [
  ...[1, 2, 3].flatMap((rows) => [1, 2, 3].map((columns) => layout(rows, columns))),
  { id: 'layout.enlarge', group: 'layout', keys: 'Enter', run: toggleEnlarged },
  { id: 'layout.nextPane', group: 'layout', keys: 'ArrowRight', run: () => stepPane(1) },
  { id: 'layout.previousPane', group: 'layout', keys: 'ArrowLeft', run: () => stepPane(-1) },
];

/** Lets the active pane fill the grid, or go back to its place. */
export function toggleEnlarged(): void {
  viewer.set(({ enlargedPane, activePane, panes }) => ({
    enlargedPane: enlargedPane === null && panes.length > 1 ? activePane : null,
  }));
}

function stepPane(by: number): void {
  viewer.set(({ panes, activePane, enlargedPane }) => {
    const at = panes.findIndex(({ id }) => id === activePane);
    const next = panes[(at + by + panes.length) % panes.length]?.id ?? activePane;
    return { activePane: next, enlargedPane: enlargedPane === null ? null : next };
  });
}
