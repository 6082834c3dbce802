import { CircleHelp, LayoutTemplate, Type } from 'lucide-react';
import type { Command } from '../commands/command';
import { viewer, type OverlayLevel } from '../state';

const after: Readonly<Record<OverlayLevel, OverlayLevel>> = { full: 'few', few: 'none', none: 'full' };

/** What concerns the viewer as a whole. */
export const viewerCommands: readonly Command[] = [
  {
    id: 'view.overlay',
    group: 'view',
    keys: 'o',
    icon: Type,
    prominent: true,
    run: () => viewer.set(({ overlay }) => ({ overlay: after[overlay] })),
  },
  {
    id: 'layout.protocols',
    group: 'layout',
    icon: LayoutTemplate,
    prominent: true,
    run: () => viewer.set({ dialog: 'protocols' }),
  },
  {
    id: 'help.open',
    group: 'study',
    keys: '?',
    icon: CircleHelp,
    prominent: true,
    run: () => viewer.set({ dialog: 'help' }),
  },
];
