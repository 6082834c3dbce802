import { numbers, text, type DataSet } from './dicomJson';
import type { Series } from './model';
import { cross, dot, vectorAt, type Vector } from './vector';

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

/** Returns the plane of an image, `undefined` where its header does not tell. */
export function planeOf(data: DataSet): Plane | undefined {
  const orientation = numbers(data, '00200037');
  const [row, column] = [vectorAt(orientation), vectorAt(orientation, 3)];
  const position = vectorAt(numbers(data, '00200032'));
  if (row === undefined || column === undefined || position === undefined) return undefined;
  return { row, column, position, normal: cross(row, column) };
}

/** Whether two planes are parallel within about two degrees. */
export function areParallel(a: Vector, b: Vector): boolean {
  return Math.abs(dot(a, b)) > 0.9994;
}

/** The UID of the frame of reference in which a series lies, `''` where it does not tell. */
export function frameOfReferenceOf({ instances }: Series): string {
  return text(instances[0]?.data ?? {}, '00200052');
}
