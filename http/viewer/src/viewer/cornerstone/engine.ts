import { getRenderingEngine, RenderingEngine, StackViewport, type Types } from '@cornerstonejs/core';
import { viewer } from '../state';

export const engineId = 'noctis';

/** The one rendering engine of the page. */
export function renderingEngine(): Types.IRenderingEngine {
  return getRenderingEngine(engineId) ?? new RenderingEngine(engineId);
}

/** The viewport of a pane, whatever its kind. */
export function viewportOf(pane: string): Types.IViewport | undefined {
  return getRenderingEngine(engineId)?.getViewport(pane);
}

/** The viewport of a pane that shows a stack. */
export function stackOf(pane: string): StackViewport | undefined {
  const viewport = viewportOf(pane);
  return viewport instanceof StackViewport ? viewport : undefined;
}

/** The active pane's viewport, if it shows a stack. */
export function activeStack(): StackViewport | undefined {
  return stackOf(viewer.get().activePane);
}
