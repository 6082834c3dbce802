import { cache, type VolumeViewport3D } from '@cornerstonejs/core';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction';
import vtkPlane from '@kitware/vtk.js/Common/DataModel/Plane';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import type vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume';
import type vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper';
import { BlendMode } from '@kitware/vtk.js/Rendering/Core/VolumeMapper/Constants';
import { cutsOf, type Crop } from './crop';
import { pointsOf, type Preset } from './presets';
import type { Quality } from './quality';

interface Rendered {
  actor: vtkVolume;
  mapper: vtkVolumeMapper;
}

function rendered(viewport: VolumeViewport3D): Rendered | undefined {
  const actor = viewport.getActors()[0]?.actor as vtkVolume | undefined;
  // The mapper of a volume's actor is always one for volumes; Cornerstone's own adds to it.
  const mapper = actor?.getMapper() as vtkVolumeMapper | undefined;
  return actor && mapper && { actor, mapper };
}

/** Colours and lights a volume. `range`: the lowest and highest value that the window shows. */
export function applyPreset(
  viewport: VolumeViewport3D,
  preset: Preset,
  range: readonly [number, number],
  shift: number,
) {
  const found = rendered(viewport);
  if (found === undefined) return;
  const { opacity, colours } = pointsOf(preset, range, shift);
  const opacities = vtkPiecewiseFunction.newInstance();
  for (const [value, part] of opacity) opacities.addPoint(value, part);
  const colour = vtkColorTransferFunction.newInstance();
  for (const [value, red, green, blue] of colours) colour.addRGBPoint(value, red, green, blue);
  const property = found.actor.getProperty();
  property.setRGBTransferFunction(0, colour);
  property.setScalarOpacity(0, opacities);
  property.setScalarOpacityUnitDistance(0, 1);
  property.setUseGradientOpacity(0, false);
  property.setInterpolationTypeToFastLinear();
  property.setShade(preset.shade);
  property.setAmbient(0.2);
  property.setDiffuse(0.85);
  property.setSpecular(0.25);
  property.setSpecularPower(18);
  found.mapper.setBlendMode(preset.isProjection ? BlendMode.MAXIMUM_INTENSITY_BLEND : BlendMode.COMPOSITE_BLEND);
}

/** Cuts a volume down to a part of its box. */
export function applyCrop(viewport: VolumeViewport3D, crop: Crop): void {
  const found = rendered(viewport);
  if (found === undefined) return;
  const { mapper, actor } = found;
  mapper.removeAllClippingPlanes();
  for (const { origin, normal } of cutsOf(crop, actor.getBounds()))
    mapper.addClippingPlane(vtkPlane.newInstance({ origin: [...origin], normal: [...normal] }));
}

/** Half the mean distance of the voxels (mm): two samples to a voxel at the finest. */
function usualStep(volume: string): number {
  const { spacing = [1, 1, 1] } = cache.getVolume(volume) ?? {};
  return spacing.reduce((sum, value) => sum + value, 0) / 6;
}

/** Sets how finely the next frame is rendered: how many pixels it has, which are then stretched, and samples a ray. */
export function applyQuality(viewport: VolumeViewport3D, volume: string, { coarseness, step }: Quality): void {
  const found = rendered(viewport);
  if (found === undefined) return;
  found.mapper.setMaximumSamplesPerRay(4000);
  found.mapper.setSampleDistance(usualStep(volume) * step);
  const { width, height } = screenSize(viewport);
  viewport.sWidth = Math.max(2, Math.round(width / coarseness));
  viewport.sHeight = Math.max(2, Math.round(height / coarseness));
}

/** The size of a viewport in pixels of the screen. */
export function screenSize({ element }: VolumeViewport3D): { width: number; height: number } {
  return {
    width: Math.round(element.clientWidth * window.devicePixelRatio),
    height: Math.round(element.clientHeight * window.devicePixelRatio),
  };
}
