import { cineCommands } from '../cine/cineCommands';
import { viewerCommands } from '../dialogs/dialogCommands';
import { exportCommands } from '../export/exportCommands';
import { linkCommands } from '../links/linkCommands';
import { windowCommands } from '../windows/windowCommands';
import type { Command } from './command';
import { layoutCommands } from './layoutCommands';
import { measureCommands } from './measureCommands';
import { stackCommands } from './stackCommands';

/** Every command, in the order of the toolbar. Each feature lists its own. */
export const commands: readonly Command[] = [
  ...stackCommands,
  ...windowCommands,
  ...linkCommands,
  ...layoutCommands,
  ...cineCommands,
  ...measureCommands,
  ...exportCommands,
  ...viewerCommands,
];
