import type { LucideIcon } from 'lucide-react';
import type { ViewerState } from '../state';

/** The parts of the toolbar and of the sheet of shortcuts. */
export type CommandGroup = 'tools' | 'measure' | 'window' | 'view' | 'layout' | 'navigate' | 'volume' | 'study';

/** Something that the user can have done: by a button, a menu or a key. Each feature lists its own. */
export interface Command {
  /** `area.name`; the text is `commands.<id>` in the viewer's language file. */
  id: string;
  group: CommandGroup;
  /** As in `KeyboardEvent.key`, with `Ctrl+`, `Alt+`, `Shift+` before it where they matter. */
  keys?: string;
  icon?: LucideIcon;
  /** Stands in the toolbar itself rather than in its group's menu. */
  prominent?: boolean;
  /** Whether it makes sense now; always, where it is left out. */
  isAvailable?: (state: ViewerState) => boolean;
  /** For commands that are on or off. */
  isOn?: (state: ViewerState) => boolean;
  run: () => void | Promise<void>;
}
