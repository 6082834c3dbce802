import type { Vector } from '../study/vector';

/** The part of a volume's box that is kept along the patient's axes x, y, z: low and high, 0 … 1. */
export type Crop = readonly [Range, Range, Range];
export type Range = readonly [number, number];

export const whole: Crop = [
  [0, 1],
  [0, 1],
  [0, 1],
];

export interface Cut {
  origin: Vector;
  /** Points to what is kept. */
  normal: Vector;
}

const axis = (index: number, value: number): Vector => [
  index === 0 ? value : 0,
  index === 1 ? value : 0,
  index === 2 ? value : 0,
];

/** Returns the planes that cut a box down to `crop`. `bounds`: least and greatest x, y, z (mm). */
export function cutsOf(crop: Crop, bounds: readonly number[]): Cut[] {
  return crop.flatMap(([low, high], index) => {
    const least = bounds[2 * index] ?? 0;
    const size = (bounds[2 * index + 1] ?? 0) - least;
    return [
      ...(low > 0 ? [{ origin: axis(index, least + low * size), normal: axis(index, 1) }] : []),
      ...(high < 1 ? [{ origin: axis(index, least + high * size), normal: axis(index, -1) }] : []),
    ];
  });
}
