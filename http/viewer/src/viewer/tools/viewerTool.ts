/** Panes that share their tools: flat images (stacks, slices of volumes), rendered volumes, projections. */
export type ToolGroupName = 'stack' | 'slice' | 'volume' | 'projection';

/** A tool of Cornerstone, and where it works. */
export interface ViewerTool {
  /** The tool's class. */
  tool: { toolName: string };
  groups: readonly ToolGroupName[];
  configuration?: Record<string, unknown>;
  /** What it is while it isn't on the primary button; passive: its annotations can be taken hold of. */
  rest: 'passive' | 'enabled' | 'disabled';
}
