import { expect, test } from 'vitest';
import { scaleBar } from './scaleBar';

test('the bar has the roundest length that fits', () => {
  expect(scaleBar(0.5, 140)).toEqual({ millimetres: 50, pixels: 100 });
  expect(scaleBar(0.3, 140)?.millimetres).toBe(20);
  expect(scaleBar(0.01, 140)?.millimetres).toBe(1);
});

test('without a spacing there is no bar', () => {
  expect(scaleBar(0, 140)).toBeUndefined();
  expect(scaleBar(Number.NaN, 140)).toBeUndefined();
});
