import {
  MagnifyTool,
  PanTool,
  PlanarRotateTool,
  StackScrollTool,
  WindowLevelRegionTool,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools';
import type { ViewerTool } from './viewerTool';

const flat = ['stack', 'slice'] as const;

/** Tools that move and light an image. */
export const stackTools: readonly ViewerTool[] = [
  { tool: WindowLevelTool, groups: flat, rest: 'disabled' },
  { tool: WindowLevelRegionTool, groups: flat, rest: 'disabled' },
  { tool: PanTool, groups: flat, rest: 'disabled' },
  { tool: ZoomTool, groups: flat, rest: 'disabled', configuration: { zoomToCenter: false, pan: true } },
  { tool: StackScrollTool, groups: flat, rest: 'disabled', configuration: { loop: false } },
  { tool: PlanarRotateTool, groups: flat, rest: 'disabled' },
  {
    tool: MagnifyTool,
    groups: ['stack'],
    rest: 'disabled',
    configuration: { magnifySize: 5, magnifyWidth: 260, magnifyHeight: 260 },
  },
];
