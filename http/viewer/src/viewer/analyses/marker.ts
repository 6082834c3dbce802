import { StackViewport, utilities, type VolumeViewport } from '@cornerstonejs/core';
import { create } from 'zustand';
import { along, length, scale, subtract, vectorAt, type Vector } from '../study/vector';

/** A place of the patient that is pointed to. */
export interface Marker {
  finding: number;
  /** mm, LPS. */
  point: Vector;
  /** mm; 0 for a mere point. */
  radius: number;
  frameOfReference: string;
  isRejected: boolean;
}

/** The place that is pointed to now. */
export const useMarker = create<{ marker: Marker | null }>(() => ({ marker: null }));

export function setMarker(marker: Marker | null): void {
  useMarker.setState({ marker });
}

/** How thick a plane through a volume counts at least, to each side (mm). */
const nearby = 1.5;

/** A circle on a pane, in its own pixels. */
export interface Ring {
  x: number;
  y: number;
  radius: number;
}

/** Returns where a marked place is seen in a pane; `undefined` where the shown slice does not hold it. */
export function ringOf(viewport: StackViewport | VolumeViewport, marker: Marker): Ring | undefined {
  const { point, radius, frameOfReference } = marker;
  if (viewport.getFrameOfReferenceUID() !== frameOfReference) return undefined;
  const [x, y] = viewport.worldToCanvas([...point]);
  const seen = vectorAt(viewport.canvasToWorld([x, y]));
  const [start, end] = [vectorAt(viewport.canvasToWorld([0, 0])), vectorAt(viewport.canvasToWorld([100, 0]))];
  if (seen === undefined || start === undefined || end === undefined) return undefined;
  const distance = length(subtract(seen, point));
  const isNearest =
    viewport instanceof StackViewport
      ? utilities.getClosestStackImageIndexForPoint([...point], viewport) === viewport.getCurrentImageIdIndex()
      : distance <= nearby;
  if (!isNearest && distance > radius) return undefined;
  const right = scale(subtract(end, start), 0.01);
  const [edgeX, edgeY] = viewport.worldToCanvas([...along(point, [right, radius / length(right)])]);
  return { x, y, radius: Math.max(8, Math.hypot(edgeX - x, edgeY - y)) + 4 };
}
