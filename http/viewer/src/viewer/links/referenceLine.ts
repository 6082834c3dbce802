import { planeOf, type Plane } from '../study/geometry';
import { number, type DataSet } from '../study/dicomJson';
import { spacingOf } from '../study/spacing';
import { along, dot, type Vector } from '../study/vector';

/** The corners of an image in the patient, in mm. */
function corners(data: DataSet, plane: Plane): Vector[] {
  const spacing = spacingOf(data) ?? { row: 1, column: 1 };
  const width = (number(data, '00280011') ?? 0) * spacing.column;
  const height = (number(data, '00280010') ?? 0) * spacing.row;
  const [a, b] = [plane.position, along(plane.position, [plane.row, width])];
  return [a, b, along(b, [plane.column, height]), along(a, [plane.column, height])];
}

/**
 * Returns where the image of `source` cuts the plane of `target`: two points in the patient, in mm; `undefined` where
 * it does not, and for planes that are nearly parallel.
 */
export function referenceLine(source: DataSet, target: DataSet): readonly [Vector, Vector] | undefined {
  const [cutting, cut] = [planeOf(source), planeOf(target)];
  if (cutting === undefined || cut === undefined || Math.abs(dot(cutting.normal, cut.normal)) > 0.95) return undefined;
  const ring = corners(source, cutting);
  const heights = ring.map((corner) => dot(corner, cut.normal) - dot(cut.position, cut.normal));
  const points: Vector[] = [];
  for (const [index, from] of ring.entries()) {
    const next = (index + 1) % ring.length;
    const [to, here = 0, there = 0] = [ring[next], heights[index], heights[next]];
    if (to === undefined || here * there > 0 || here === there) continue;
    const part = here / (here - there);
    points.push([
      from[0] + (to[0] - from[0]) * part,
      from[1] + (to[1] - from[1]) * part,
      from[2] + (to[2] - from[2]) * part,
    ]);
  }
  const [first, second] = points;
  return first && second && [first, second];
}
