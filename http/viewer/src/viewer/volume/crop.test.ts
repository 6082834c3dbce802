import { expect, test } from 'vitest';
import { cutsOf, whole } from './crop';

const bounds = [-100, 100, -50, 50, 0, 80];

test('the whole box is not cut', () => {
  expect(cutsOf(whole, bounds)).toEqual([]);
});

test('each side that is moved in cuts there and keeps the inside', () => {
  const cuts = cutsOf(
    [
      [0.25, 1],
      [0, 0.5],
      [0, 1],
    ],
    bounds,
  );
  expect(cuts).toEqual([
    { origin: [-50, 0, 0], normal: [1, 0, 0] },
    { origin: [0, 0, 0], normal: [0, -1, 0] },
  ]);
});
