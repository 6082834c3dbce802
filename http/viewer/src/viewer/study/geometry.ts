import { numbers, type DataSet } from './dicomJson';

export type Vector = readonly [number, number, number];

/** Where an image lies in the patient (PS3.3 C.7.6.2), in mm, LPS. */
export interface Plane {
  /** The direction in which columns grow. */
  row: Vector;
  /** The direction in which rows grow. */
  column: Vector;
  normal: Vector;
  /** The centre of the first pixel. */
  position: Vector;
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function vector(values: readonly number[]): Vector | undefined {
  const [x, y, z] = values;
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z];
}

/** Returns the plane of an image, `undefined` where its header does not tell. */
export function planeOf(data: DataSet): Plane | undefined {
  const orientation = numbers(data, '00200037');
  const [row, column, position] = [orientation.slice(0, 3), orientation.slice(3, 6), numbers(data, '00200032')].map(
    vector,
  );
  if (row === undefined || column === undefined || position === undefined) return undefined;
  return { row, column, position, normal: cross(row, column) };
}

/** Whether two planes are parallel within about two degrees. */
export function areParallel(a: Vector, b: Vector): boolean {
  return Math.abs(dot(a, b)) > 0.9994;
}
