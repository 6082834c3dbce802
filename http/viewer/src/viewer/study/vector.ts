/** A point or direction of patient space: mm, LPS. */
export type Vector = readonly [number, number, number];
/** A point of an image: column, row. */
export type Flat = readonly [number, number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vector): number => Math.hypot(...a);

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Returns the vector of length 1 in the same direction. */
export function unit(a: Vector): Vector {
  return scale(a, 1 / length(a));
}

/** Returns `values` as a vector from `start` on, `undefined` where there are too few. */
export function vectorAt(values: readonly number[], start = 0): Vector | undefined {
  const [x, y, z] = values.slice(start, start + 3);
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z];
}

/** Returns the vector of length 1 in the same direction; one of no length stays as it is. */
export function normalised(a: Vector): Vector {
  return length(a) === 0 ? a : unit(a);
}

/** Returns `start + Σ direction × amount`. */
export function along(start: Vector, ...steps: readonly (readonly [Vector, number])[]): Vector {
  return steps.reduce((at, [direction, amount]) => add(at, scale(direction, amount)), start);
}
