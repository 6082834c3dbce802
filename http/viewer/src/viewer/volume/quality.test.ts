import { expect, test } from 'vitest';
import { coarsest, costOf, finest, isFiner, qualityFor } from './quality';

test('a fast device renders at the finest at once', () => {
  const cost = costOf(2, 512 * 512, coarsest);
  expect(qualityFor(cost, 512 * 512, 2000)).toEqual(finest);
});

test('software that takes 41 s for a frame of 512² stays within the time it is given', () => {
  const pixels = 512 * 512;
  const cost = costOf(41_000, pixels, finest);
  const moving = qualityFor(cost, pixels, 120);
  const still = qualityFor(cost, pixels, 2500);
  expect(isFiner(still, moving)).toBe(true);
  expect((cost * pixels) / (still.coarseness ** 2 * still.step)).toBeLessThanOrEqual(2500);
});

test('what no quality is fast enough for is rendered at the coarsest', () => {
  expect(qualityFor(1, 512 * 512, 1)).toEqual(coarsest);
});
