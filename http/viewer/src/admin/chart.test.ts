import { expect, test } from 'vitest';
import { layOut, roundTicks, type TrendPoint } from './chart';

const area = { left: 0, right: 100, top: 0, bottom: 50 };
const point = (at: number, value: number, isWithin = true): TrendPoint => ({
  at,
  value,
  expected: 0,
  tolerance: 5,
  isWithin,
});

test('ticks are round and span what is shown', () => {
  expect(roundTicks(-7, 12, 4)).toEqual([-10, -5, 0, 5, 10, 15]);
  expect(roundTicks(0.1, 0.3, 4)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
  expect(roundTicks(3, 3, 4)).toContain(3);
});

test('moments stand where they belong between the first and the last', () => {
  const { points } = layOut([point(1000, 0), point(1250, -10, false), point(2000, 10)], area);
  expect(points.map(({ x }) => x)).toEqual([0, 25, 100]);
  expect(points.map(({ y }) => y)).toEqual([25, 50, 0]);
});

test('the band lies around what is expected, from edge to edge', () => {
  const { band, expected } = layOut([point(1000, -10), point(2000, 10)], area);
  expect(expected.map(([, y]) => y)).toEqual([25, 25, 25, 25]);
  expect(Math.min(...band.map(([, y]) => y))).toBe(12.5);
  expect(Math.max(...band.map(([, y]) => y))).toBe(37.5);
});

test('a single measurement stands in the middle of a band over the whole width', () => {
  const { points, band } = layOut([point(1000, 2)], area);
  expect(points[0]?.x).toBe(50);
  expect([Math.min(...band.map(([x]) => x)), Math.max(...band.map(([x]) => x))]).toEqual([0, 100]);
});

test('nothing measured is nothing to draw', () => {
  expect(layOut([], area).points).toEqual([]);
  expect(layOut([], area).band).toEqual([]);
});
