import {
  ArrowUpLeft,
  Circle,
  Database,
  Diameter,
  HeartPulse,
  Lasso,
  Pipette,
  Redo,
  Ruler,
  Spline,
  Square,
  Star,
  Trash2,
  TriangleRight,
  Type,
  Undo,
  type LucideIcon,
} from 'lucide-react';
import { may } from '@/api/session';
import { deleteSelected, redo, storeNow, toggleKeyImage, undo } from '../annotations/actions';
import type { DrawnKind } from '../annotations/toolNames';
import { toolOfKind } from '../annotations/toolNames';
import type { Command } from './command';
import { activeShows, toolCommand } from './toolCommand';

const isAvailable = activeShows('stack', 'mpr', 'fusion');

function measuring(kind: DrawnKind, icon: LucideIcon, keys: string, prominent = false): Command {
  return toolCommand(toolOfKind(kind) ?? '', icon, {
    group: 'measure',
    id: `measure.${kind}`,
    keys,
    prominent,
    isAvailable,
  });
}

const measure = { group: 'measure' } as const;

/** What can be drawn on images, and done with it. */
export const measureCommands: readonly Command[] = [
  measuring('length', Ruler, 'm', true),
  measuring('bidirectional', Diameter, 'b'),
  measuring('angle', TriangleRight, 'q', true),
  measuring('cobb_angle', Spline, 'Shift+Q'),
  measuring('ellipse', Circle, 'e', true),
  measuring('rectangle', Square, 'Shift+E'),
  measuring('freehand', Lasso, 'd'),
  measuring('probe', Pipette, 'u'),
  measuring('arrow', ArrowUpLeft, 't', true),
  measuring('text', Type, 'Shift+T'),
  measuring('cardiothoracic_ratio', HeartPulse, 'Shift+C'),
  {
    ...measure,
    id: 'measure.keyImage',
    keys: 'k',
    icon: Star,
    prominent: true,
    isAvailable: activeShows('stack'),
    run: toggleKeyImage,
  },
  { ...measure, id: 'measure.delete', keys: 'Delete', icon: Trash2, run: deleteSelected },
  { ...measure, id: 'measure.undo', keys: 'Ctrl+z', icon: Undo, run: undo },
  { ...measure, id: 'measure.redo', keys: 'Ctrl+y', icon: Redo, run: redo },
  { ...measure, id: 'measure.store', icon: Database, isAvailable: () => may('annotation.write'), run: storeNow },
];
