import { Combine, Link, Link2, ScanLine } from 'lucide-react';
import type { Command } from '../commands/command';
import { viewer, type Links, type ViewerState } from '../state';

const hasSeveral = ({ panes }: ViewerState): boolean => panes.length > 1;

function toggle(link: keyof Links): () => void {
  return () => viewer.set(({ links }) => ({ links: { ...links, [link]: !links[link] } }));
}

function linkCommand(link: keyof Links, rest: Pick<Command, 'icon' | 'keys' | 'prominent'>): Command {
  return {
    ...rest,
    id: `link.${link}`,
    group: 'layout',
    isAvailable: hasSeveral,
    isOn: ({ links }) => links[link],
    run: toggle(link),
  };
}

/** What panes do together. */
export const linkCommands: readonly Command[] = [
  linkCommand('scroll', { icon: Link, keys: 'l', prominent: true }),
  linkCommand('window', { icon: Link2, keys: 'Shift+L' }),
  linkCommand('view', { icon: Combine, keys: 'Alt+l' }),
  linkCommand('lines', { icon: ScanLine, keys: 'x', prominent: true }),
];
