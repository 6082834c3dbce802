import { expect, test } from 'vitest';
import { cineRate, frameAt } from './cineRate';

const decimal = (value: number) => ({ vr: 'DS', Value: [value] });

test('the recommended rate goes before the rate and the time of a frame', () => {
  expect(cineRate({ '00082144': decimal(25), '00180040': decimal(30), '00181063': decimal(100) })).toBe(25);
  expect(cineRate({ '00180040': decimal(30), '00181063': decimal(100) })).toBe(30);
  expect(cineRate({ '00181063': decimal(40) })).toBe(25);
  expect(cineRate({ '00181065': { vr: 'DS', Value: [0, 50, 50] } })).toBe(20);
});

test('a header that tells nothing, or nonsense, plays at ten', () => {
  expect(cineRate({})).toBe(10);
  expect(cineRate({ '00181063': decimal(0) })).toBe(10);
});

test('a loop begins anew after the last image', () => {
  expect([0, 100, 200, 300, 400].map((ms) => frameAt(ms, 10, 1, 4, false))).toEqual([1, 2, 3, 0, 1]);
});

test('a time before the start is the start', () => {
  expect(frameAt(-0.2, 10, 0, 4, false)).toBe(0);
});

test('to and fro turns at both ends', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((second) => frameAt(second * 1000, 1, 0, 4, true))).toEqual([0, 1, 2, 3, 2, 1, 0]);
});
