import type { Command } from './command';

/** Every command, in the order of the toolbar. */
export const commands: readonly Command[] = [];
