import type { VolumeViewport3D } from '@cornerstonejs/core';
import { add, length, scale, subtract, vectorAt, type Vector } from '../study/vector';

/** From where a volume is looked at: the patient's front, back, left, right, head, feet. */
export type ViewDirection = 'A' | 'P' | 'L' | 'R' | 'S' | 'I';

/** Where the eye is (LPS), and what is up. */
const directions: Readonly<Record<ViewDirection, { from: Vector; up: Vector }>> = {
  A: { from: [0, -1, 0], up: [0, 0, 1] },
  P: { from: [0, 1, 0], up: [0, 0, 1] },
  L: { from: [1, 0, 0], up: [0, 0, 1] },
  R: { from: [-1, 0, 0], up: [0, 0, 1] },
  S: { from: [0, 0, 1], up: [0, -1, 0] },
  I: { from: [0, 0, -1], up: [0, -1, 0] },
};

export const viewDirections = Object.keys(directions) as readonly ViewDirection[];

/** Looks at the whole volume from this side. */
export function lookFrom(viewport: VolumeViewport3D, direction: ViewDirection): void {
  const { from, up } = directions[direction];
  viewport.resetCamera();
  const camera = viewport.getCamera();
  const focus = vectorAt(camera.focalPoint ?? []) ?? [0, 0, 0];
  const position = vectorAt(camera.position ?? []) ?? [0, 0, 0];
  const eye = add(focus, scale(from, length(subtract(position, focus))));
  viewport.setCamera({ focalPoint: [...focus], position: [...eye], viewPlaneNormal: [...from], viewUp: [...up] });
  viewport.render();
}
