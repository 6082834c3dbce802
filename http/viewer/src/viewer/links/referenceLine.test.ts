import { expect, test } from 'vitest';
import { referenceLine } from './referenceLine';

function image(orientation: readonly number[], position: readonly number[]) {
  return {
    '00200037': { vr: 'DS', Value: orientation },
    '00200032': { vr: 'DS', Value: position },
    '00280030': { vr: 'DS', Value: [1, 1] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  };
}

const axial = [1, 0, 0, 0, 1, 0];
const sagittal = [0, 1, 0, 0, 0, -1];

test('an axial image cuts a sagittal one in a level line', () => {
  const line = referenceLine(image(axial, [0, 0, 30]), image(sagittal, [50, 0, 80]));
  expect(line?.map(([x, , z]) => [x, z])).toEqual([
    [50, 30],
    [50, 30],
  ]);
  expect(line?.map(([, y]) => y).toSorted((a, b) => a - b)).toEqual([0, 100]);
});

test('parallel images, and those out of reach, have no line', () => {
  expect(referenceLine(image(axial, [0, 0, 30]), image(axial, [0, 0, 40]))).toBeUndefined();
  expect(referenceLine(image(axial, [200, 0, 30]), image(sagittal, [50, 0, 80]))).toBeUndefined();
});
