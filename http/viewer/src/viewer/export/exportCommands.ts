import { Download, Printer, Tags } from 'lucide-react';
import type { Command } from '../commands/command';
import { viewer } from '../state';

/** What can be taken out of a study. */
export const exportCommands: readonly Command[] = [
  { id: 'study.export', group: 'study', keys: 'Ctrl+s', icon: Download, run: () => viewer.set({ dialog: 'export' }) },
  { id: 'study.print', group: 'study', keys: 'Ctrl+p', icon: Printer, run: () => viewer.set({ dialog: 'print' }) },
  {
    id: 'study.tags',
    group: 'study',
    keys: 'Shift+D',
    icon: Tags,
    run: () => viewer.set(({ panel }) => ({ panel: panel === 'tags' ? null : 'tags' })),
  },
];
