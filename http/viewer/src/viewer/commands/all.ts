import type { Command } from './command';
import { layoutCommands } from './layoutCommands';
import { measureCommands } from './measureCommands';
import { stackCommands } from './stackCommands';

/** Every command, in the order of the toolbar. Each feature lists its own. */
export const commands: readonly Command[] = [...stackCommands, ...layoutCommands, ...measureCommands];
