import { describe, expect, test } from 'vitest';
import { describeVolume } from './describeVolume';
import { phantomSeries } from './phantoms';
import { neighbours, resamplePlane } from './resample';
import { add, scale, type Vector } from '../study/vector';

/** Planes that hold `value` of the point at which each of their pixels lies. */
function fill(series: ReturnType<typeof phantomSeries>, value: (at: Vector) => number) {
  const description = describeVolume(series);
  if (!('volume' in description)) throw new Error(description.refusal);
  const { volume } = description;
  const planes = (volume.phases[0] ?? []).map(({ position, row, column, spacing, columns, rows }) =>
    Float32Array.from({ length: columns * rows }, (_, pixel) => {
      const aside = add(
        scale(row, (pixel % columns) * spacing[0]),
        scale(column, Math.floor(pixel / columns) * spacing[1]),
      );
      return value(add(position, aside));
    }),
  );
  return { volume, planes };
}

describe('resampling', () => {
  test('finds the planes on both sides', () => {
    expect(neighbours([0, 4, 6], 0)).toEqual({ lower: 0, upper: 0, share: 0 });
    expect(neighbours([0, 4, 6], 1)).toEqual({ lower: 0, upper: 1, share: 0.25 });
    expect(neighbours([0, 4, 6], 5)).toEqual({ lower: 1, upper: 2, share: 0.5 });
    expect(neighbours([0, 4, 6], 7).upper).toBe(2);
  });

  test('a field that is linear in the patient is the same at each voxel of the new volume', () => {
    const angle = (18.5 * Math.PI) / 180;
    const column: Vector = [0, Math.cos(angle), -Math.sin(angle)];
    const field = ([x, y, z]: Vector) => 3 * x - 2 * y + 5 * z;
    const distances = [0, 4, 8, 9.2, 16, 23];
    const { volume, planes } = fill(phantomSeries({ distances, column, columns: 24, rows: 40 }), field);
    const [width, height, depth] = volume.dimensions;
    const edge = 10; // more than the planes lie aside of each other
    for (let k = 0; k < depth; k++) {
      const plane = new Float32Array(width * height);
      resamplePlane(volume, planes, k, 0, plane);
      for (let voxel = edge * width; voxel < (height - edge) * width; voxel++) {
        const aside = add(scale(volume.row, voxel % width), scale(volume.column, Math.floor(voxel / width)));
        const at = add(add(volume.origin, aside), scale(volume.normal, k * volume.spacing[2]));
        expect(plane[voxel]).toBeCloseTo(field(at), 2);
      }
    }
  });

  test('whole numbers stay whole, and what no plane reaches is outside', () => {
    const column: Vector = [0, Math.SQRT1_2, -Math.SQRT1_2];
    const { volume, planes } = fill(phantomSeries({ distances: [0, 5, 10], column }), () => 40.4);
    const into = new Int16Array(volume.dimensions[0] * volume.dimensions[1]);
    resamplePlane(volume, planes, 0, -1024, into);
    expect(new Set(into)).toEqual(new Set([-1024, 40]));
  });
});
