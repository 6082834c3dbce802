import { areParallel, planeOf } from '../study/geometry';
import { dot } from '../study/vector';
import { text } from '../study/dicomJson';
import { frameData } from '../study/frameData';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';
import type { DataSet } from '../study/dicomJson';

/** The header of the frame that an image id names. */
export function headerOf(imageId: string): DataSet | undefined {
  const address = addressOf(imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  return address && header && frameData(header, address.frame);
}

/**
 * Returns which of `imageIds` lies nearest to `source` along its normal; `undefined` where they share no frame of
 * reference or are not parallel.
 */
export function nearestImage(source: string, imageIds: readonly string[]): number | undefined {
  const header = headerOf(source);
  const plane = header && planeOf(header);
  if (header === undefined || plane === undefined) return undefined;
  const frame = text(header, '00200052');
  let best: { index: number; distance: number } | undefined;
  for (const [index, imageId] of imageIds.entries()) {
    const other = headerOf(imageId);
    const place = other && planeOf(other);
    if (other === undefined || place === undefined || text(other, '00200052') !== frame) return undefined;
    if (!areParallel(place.normal, plane.normal)) return undefined;
    const distance = Math.abs(dot(place.position, plane.normal) - dot(plane.position, plane.normal));
    if (best === undefined || distance < best.distance) best = { index, distance };
  }
  return frame === '' ? undefined : best?.index;
}
