import { expect, it } from 'vitest';
import { planeThrough, toImage, toWorld, type ImagePlane } from './plane';

const plane: ImagePlane = {
  origin: [10, 20, 30],
  rowDirection: [0, 1, 0],
  columnDirection: [0, 0, -1],
  columnSpacing: 0.5,
  rowSpacing: 2,
};

it('puts the middle of the first pixel at a half', () => {
  expect(toImage(plane, plane.origin)).toEqual([0.5, 0.5]);
  expect(toWorld(plane, [1.5, 0.5])).toEqual([10, 20.5, 30]);
  expect(toWorld(plane, [0.5, 1.5])).toEqual([10, 20, 28]);
});

it('goes there and back', () => {
  const [column, row] = toImage(plane, toWorld(plane, [123.25, 45.75]));
  expect(column).toBeCloseTo(123.25);
  expect(row).toBeCloseTo(45.75);
});

it('lays square pixels into a plane that is looked at', () => {
  const axial = planeThrough([0, 0, 0], [0, 0, -1], [0, -1, 0], 0.5);
  expect(toImage(axial, [5, 10, 0])).toEqual([10.5, 20.5]);
});
