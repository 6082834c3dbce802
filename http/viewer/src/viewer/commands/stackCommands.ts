import {
  Contrast,
  FlipHorizontal2,
  FlipVertical2,
  Fullscreen,
  Hand,
  RotateCcw,
  RotateCw,
  Rows3,
  ScanSearch,
  SquareDashed,
  SunMedium,
  Undo2,
  ZoomIn,
} from 'lucide-react';
import type { Command } from './command';
import {
  fit,
  flip,
  goToEnd,
  goToImage,
  invert,
  reset,
  rotateBy,
  scrollBy,
  showActualSize,
  zoomBy,
} from './stackActions';
import { activeShows, toolCommand } from './toolCommand';

const isAvailable = activeShows('stack');
const tools = { group: 'tools', prominent: true } as const;
const view = { group: 'view', isAvailable } as const;
const navigate = { group: 'navigate', isAvailable } as const;

/** What can be done with the images of a stack. */
export const stackCommands: readonly Command[] = [
  toolCommand('WindowLevel', SunMedium, { ...tools, id: 'tool.window', keys: 'w' }),
  toolCommand('Zoom', ZoomIn, { ...tools, id: 'tool.zoom', keys: 'z' }),
  toolCommand('Pan', Hand, { ...tools, id: 'tool.pan', keys: 'p' }),
  toolCommand('StackScroll', Rows3, { ...tools, id: 'tool.scroll', keys: 's' }),
  toolCommand('Magnify', ScanSearch, { ...tools, id: 'tool.magnify', keys: 'g' }),
  toolCommand('WindowLevelRegion', SquareDashed, { group: 'window', id: 'tool.windowRegion', keys: 'Shift+W' }),
  { ...view, id: 'view.invert', keys: 'i', icon: Contrast, prominent: true, run: invert },
  { ...view, id: 'view.rotateRight', keys: 'r', icon: RotateCw, prominent: true, run: () => rotateBy(90) },
  { ...view, id: 'view.rotateLeft', keys: 'Shift+R', icon: RotateCcw, run: () => rotateBy(-90) },
  {
    ...view,
    id: 'view.flipHorizontal',
    keys: 'h',
    icon: FlipHorizontal2,
    prominent: true,
    run: () => flip('flipHorizontal'),
  },
  {
    ...view,
    id: 'view.flipVertical',
    keys: 'v',
    icon: FlipVertical2,
    prominent: true,
    run: () => flip('flipVertical'),
  },
  { ...view, id: 'view.fit', keys: 'f', icon: Fullscreen, run: fit },
  { ...view, id: 'view.actualSize', keys: '0', run: showActualSize },
  { ...view, id: 'view.zoomIn', keys: '+', run: () => zoomBy(1.25) },
  { ...view, id: 'view.zoomOut', keys: '-', run: () => zoomBy(0.8) },
  { ...view, id: 'view.reset', keys: 'Escape', icon: Undo2, prominent: true, run: reset },
  { ...navigate, id: 'navigate.next', keys: 'ArrowDown', run: () => scrollBy(1) },
  { ...navigate, id: 'navigate.previous', keys: 'ArrowUp', run: () => scrollBy(-1) },
  { ...navigate, id: 'navigate.pageDown', keys: 'PageDown', run: () => scrollBy(10) },
  { ...navigate, id: 'navigate.pageUp', keys: 'PageUp', run: () => scrollBy(-10) },
  { ...navigate, id: 'navigate.first', keys: 'Home', run: () => goToImage(0) },
  { ...navigate, id: 'navigate.last', keys: 'End', run: goToEnd },
];
