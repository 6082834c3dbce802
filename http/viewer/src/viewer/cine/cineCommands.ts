import { Play } from 'lucide-react';
import type { Command } from '../commands/command';
import { activeShows } from '../commands/toolCommand';
import { viewer } from '../state';
import { adjustCine, toggleCine, useCine } from './player';
import { fastest, slowest } from './cineRate';

const common = { group: 'navigate', isAvailable: activeShows('stack') } as const;

function changeRate(by: number): void {
  const pane = viewer.get().activePane;
  const rate = useCine.getState().panes[pane]?.rate ?? 10;
  adjustCine(pane, { rate: Math.min(fastest, Math.max(slowest, Math.round(rate) + by)) });
}

/** Playing stacks. */
export const cineCommands: readonly Command[] = [
  {
    ...common,
    id: 'cine.toggle',
    keys: ' ',
    icon: Play,
    prominent: true,
    run: () => toggleCine(viewer.get().activePane),
  },
  { ...common, id: 'cine.slower', keys: ',', run: () => changeRate(-1) },
  { ...common, id: 'cine.faster', keys: '.', run: () => changeRate(1) },
];
