import { utilities, type Types } from '@cornerstonejs/core';
import { suvFactor } from '../fusion/suv';
import { number, text } from '../study/dicomJson';
import type { VolumeDescription } from './describeVolume';

/** Returns how the header of a volume's middle plane wants it lit, `undefined` where it does not say. */
export function openingWindow(volume: VolumeDescription, phase: number): Types.VOIRange | undefined {
  const frames = volume.phases[phase] ?? [];
  const data = frames[frames.length >> 1]?.instance.data ?? {};
  const suv = text(data, '00080060') === 'PT' ? suvFactor(data) : undefined;
  if (suv !== undefined && 'factor' in suv) return { lower: 0, upper: 7 / suv.factor };
  const center = number(data, '00281050');
  const width = number(data, '00281051');
  if (center === undefined || width === undefined || width < 1) return undefined;
  return utilities.windowLevel.toLowHighRange(width, center);
}
