export type Vector = readonly [number, number, number];
export type Flat = readonly [number, number];

export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Returns `start + Σ direction × amount`. */
export function along(start: Vector, ...steps: readonly (readonly [Vector, number])[]): Vector {
  return steps.reduce<Vector>(
    (at, [direction, amount]) => [
      at[0] + direction[0] * amount,
      at[1] + direction[1] * amount,
      at[2] + direction[2] * amount,
    ],
    start,
  );
}

export function normalised(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : [vector[0] / length, vector[1] / length, vector[2] / length];
}
