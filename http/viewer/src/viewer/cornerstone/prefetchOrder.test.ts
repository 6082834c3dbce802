import { expect, test } from 'vitest';
import { prefetchOrder } from './prefetchOrder';

test('three ahead for each one behind', () => {
  expect(prefetchOrder(10, 4, 1)).toEqual([5, 6, 7, 3, 8, 9, 2, 1, 0]);
  expect(prefetchOrder(10, 4, -1)).toEqual([3, 2, 1, 5, 0, 6, 7, 8, 9]);
});

test('every other image comes once', () => {
  for (const at of [0, 57, 99])
    expect(prefetchOrder(100, at, 1).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index).filter((index) => index !== at),
    );
});
