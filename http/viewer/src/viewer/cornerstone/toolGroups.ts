import { addTool, Enums, ToolGroupManager, type Types } from '@cornerstonejs/tools';
import { useViewer } from '../state';
import { tools } from '../tools/all';
import type { ToolGroupName, ViewerTool } from '../tools/viewerTool';
import { engineId } from './engine';

const { Primary, Auxiliary, Secondary, Wheel } = Enums.MouseBindings;
const names: readonly ToolGroupName[] = ['stack', 'slice', 'volume', 'projection'];

/** What the other buttons, the wheel and more fingers do, whichever tool is on the primary button. */
const standing: Readonly<Record<ToolGroupName, Readonly<Record<string, Types.IToolBinding[]>>>> = {
  stack: {
    Pan: [{ mouseButton: Auxiliary }],
    Zoom: [{ mouseButton: Secondary }, { numTouchPoints: 2 }],
    StackScroll: [{ mouseButton: Wheel }, { numTouchPoints: 3 }],
  },
  slice: {
    Pan: [{ mouseButton: Auxiliary }],
    Zoom: [{ mouseButton: Secondary }, { numTouchPoints: 2 }],
    StackScroll: [{ mouseButton: Wheel }, { numTouchPoints: 3 }],
  },
  volume: {
    Pan: [{ mouseButton: Auxiliary }],
    Zoom: [{ mouseButton: Secondary }, { mouseButton: Wheel }, { numTouchPoints: 2 }],
  },
  projection: {
    Pan: [{ mouseButton: Auxiliary }],
    Zoom: [{ mouseButton: Secondary }, { numTouchPoints: 2 }],
    VolumeRotate: [{ mouseButton: Wheel }],
  },
};

/** What the primary button does where the chosen tool does not work. */
const fallback: Readonly<Record<ToolGroupName, string>> = {
  stack: 'WindowLevel',
  slice: 'WindowLevel',
  volume: 'TrackballRotate',
  projection: 'VolumeRotate',
};

function rest(group: Types.IToolGroup, { tool: { toolName }, rest: mode }: ViewerTool): void {
  if (mode === 'passive') group.setToolPassive(toolName, { removeAllBindings: true });
  else if (mode === 'enabled') group.setToolEnabled(toolName);
  else group.setToolDisabled(toolName);
}

function arrange(name: ToolGroupName, primary: string): void {
  const group = toolGroup(name);
  const fitting = tools.filter(({ groups }) => groups.includes(name));
  const hasPrimary = fitting.some(({ tool }) => tool.toolName === primary);
  for (const one of fitting) {
    const { toolName } = one.tool;
    const bindings = [...(standing[name][toolName] ?? [])];
    if (toolName === primary || (!hasPrimary && toolName === fallback[name])) bindings.push({ mouseButton: Primary });
    group.setToolPassive(toolName, { removeAllBindings: true });
    if (bindings.length > 0) group.setToolActive(toolName, { bindings });
    else rest(group, one);
  }
}

/** The tools of a kind of pane. A pane's viewport joins with `joinToolGroup`. */
export function toolGroup(name: ToolGroupName): Types.IToolGroup {
  const group = ToolGroupManager.getToolGroup(name) ?? ToolGroupManager.createToolGroup(name);
  if (group === undefined) throw new Error(`no tool group ${name}`);
  return group;
}

export function joinToolGroup(name: ToolGroupName, viewportId: string): void {
  toolGroup(name).addViewport(viewportId, engineId);
}

export function leaveToolGroup(name: ToolGroupName, viewportId: string): void {
  toolGroup(name).removeViewports(engineId, viewportId);
}

/** Adds every tool to its groups and keeps the one of the state on the primary button. */
export function fillToolGroups(): void {
  for (const { tool, groups, configuration } of tools) {
    addTool(tool);
    for (const name of groups) toolGroup(name).addTool(tool.toolName, configuration);
  }
  const apply = (tool: string) => names.forEach((name) => arrange(name, tool));
  apply(useViewer.getState().tool);
  useViewer.subscribe((state, before) => {
    if (state.tool !== before.tool) apply(state.tool);
  });
}
