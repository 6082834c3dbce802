import { Download, FilePen, Printer, Tags } from 'lucide-react';
import type { Command } from '../commands/command';
import { viewer } from '../state';

/** Opens the report of the study in a tab of its own; one that is open for it already is used again. */
function openReport(): void {
  const [study] = viewer.get().studies;
  if (study !== undefined) window.open(`/reports/?study=${study.uid}`, `noctis-report-${study.uid}`);
}

/** What can be taken out of a study. */
export const exportCommands: readonly Command[] = [
  { id: 'study.report', group: 'study', keys: 'Ctrl+Enter', icon: FilePen, prominent: true, run: openReport },
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
