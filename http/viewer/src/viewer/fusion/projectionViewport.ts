import { cache, Enums, type Types } from '@cornerstonejs/core';
import { renderingEngine, sliceOf } from '../cornerstone/engine';
import { joinToolGroup, leaveToolGroup } from '../cornerstone/toolGroups';

/** Makes the viewport of a pane for a projection; the returned function takes it away. */
export function mountProjection(pane: string, element: HTMLDivElement): () => void {
  const engine = renderingEngine();
  const defaultOptions = { background: [1, 1, 1] as Types.Point3, orientation: Enums.OrientationAxis.CORONAL };
  engine.enableElement({ viewportId: pane, element, type: Enums.ViewportType.ORTHOGRAPHIC, defaultOptions });
  joinToolGroup('projection', pane);
  return () => {
    leaveToolGroup('projection', pane);
    engine.disableElement(pane);
  };
}

/** Shows a loaded volume in a pane, from the front. */
export async function hangProjection(pane: string, volume: string): Promise<void> {
  const viewport = sliceOf(pane);
  const { dimensions = [1, 1, 1], spacing = [1, 1, 1] } = cache.getVolume(volume) ?? {};
  if (viewport === undefined) return;
  const diagonal = Math.hypot(...dimensions.map((count, axis) => count * (spacing[axis] ?? 1)));
  const blendMode = Enums.BlendModes.MAXIMUM_INTENSITY_BLEND;
  await viewport.setVolumes([{ volumeId: volume, blendMode, slabThickness: diagonal }], false, true);
  if (sliceOf(pane) !== viewport) return;
  viewport.setBlendMode(blendMode);
  viewport.setSlabThickness(diagonal);
  viewport.render();
}

/** Spans black and white over these values. */
export function lightProjection(pane: string, voiRange: Types.VOIRange): void {
  const viewport = sliceOf(pane);
  if (viewport === undefined || viewport.getActors().length === 0) return;
  viewport.setProperties({ voiRange, invert: true }, undefined, true);
  viewport.render();
}
