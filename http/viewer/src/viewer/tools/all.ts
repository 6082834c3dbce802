import { measureTools } from '../annotations/measureTools';
import { stackTools } from './stackTools';

/** Panes that share their tools: flat images (stacks, slices of volumes), and rendered volumes. */
export type ToolGroupName = 'stack' | 'slice' | 'volume';

/** A tool of Cornerstone, and where it works. */
export interface ViewerTool {
  /** The tool's class. */
  tool: { toolName: string };
  groups: readonly ToolGroupName[];
  configuration?: Record<string, unknown>;
  /** What it is while it isn't on the primary button; passive: its annotations can be taken hold of. */
  rest: 'passive' | 'enabled' | 'disabled';
}

/** Every tool that the viewer has. Each feature lists its own. */
export const tools: readonly ViewerTool[] = [...stackTools, ...measureTools];
