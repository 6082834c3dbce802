import { expect, test } from 'vitest';
import { directionLetters, edgeLetters, opposite } from './orientation';

const axial = { '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] } };

test('an axial image has the right side at its left edge', () => {
  expect(edgeLetters(axial, [1, 0, 0], [0, 1, 0])).toEqual({ top: 'A', right: 'L', bottom: 'P', left: 'R' });
});

test('a flipped and a turned image keep the letters with the patient', () => {
  expect(edgeLetters(axial, [-1, 0, 0], [0, 1, 0])?.right).toBe('R');
  expect(edgeLetters(axial, [0, -1, 0], [1, 0, 0])).toEqual({ top: 'R', right: 'A', bottom: 'L', left: 'P' });
});

test('an oblique direction names its greatest part first', () => {
  expect(directionLetters([0, 0.94, -0.34])).toBe('PF');
  expect(directionLetters([0.2, 0.97, 0])).toBe('P');
  expect(opposite('AFR')).toBe('PHL');
});

test('an image without a place takes the letters that its header names', () => {
  const named = { '00200020': { vr: 'CS', Value: ['L', 'F'] } };
  expect(edgeLetters(named, [1, 0, 0], [0, 1, 0])).toEqual({ top: 'H', right: 'L', bottom: 'F', left: 'R' });
  expect(edgeLetters(named, [0, 1, 0], [-1, 0, 0])).toEqual({ top: 'L', right: 'F', bottom: 'R', left: 'H' });
});

test('an image that names nothing has no letters', () => {
  expect(edgeLetters({}, [1, 0, 0], [0, 1, 0])).toBeUndefined();
});
