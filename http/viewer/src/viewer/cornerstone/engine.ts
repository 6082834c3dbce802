import { getRenderingEngine, RenderingEngine, StackViewport, VolumeViewport, type Types } from '@cornerstonejs/core';
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

/** The viewport of a pane that shows a plane through a volume. */
export function sliceOf(pane: string): VolumeViewport | undefined {
  const viewport = viewportOf(pane);
  return viewport instanceof VolumeViewport ? viewport : undefined;
}

/** The viewport of a pane that shows a flat image: of a stack, or a plane through a volume. */
export function flatOf(pane: string): StackViewport | VolumeViewport | undefined {
  return stackOf(pane) ?? sliceOf(pane);
}

/** The active pane's viewport, if it shows a stack. */
export function activeStack(): StackViewport | undefined {
  return stackOf(viewer.get().activePane);
}
