import type { LucideIcon } from 'lucide-react';
import { viewer, type PaneContent, type ViewerState } from '../state';
import type { Command } from './command';

/** Whether the active pane shows one of these kinds of content. */
export function activeShows(...kinds: PaneContent['kind'][]): (state: ViewerState) => boolean {
  return ({ panes, activePane }) => kinds.includes(panes.find(({ id }) => id === activePane)?.content.kind ?? 'empty');
}

/** A command that puts a tool on the primary button. */
export function toolCommand(tool: string, icon: LucideIcon, rest: Omit<Command, 'icon' | 'run' | 'isOn'>): Command {
  return { ...rest, icon, isOn: (state) => state.tool === tool, run: () => viewer.set({ tool }) };
}
