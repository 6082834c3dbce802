import { expect, test } from 'vitest';
import type { DataSet } from './dicomJson';
import type { Instance } from './model';
import { sortInstances } from './sortInstances';

const axial = [1, 0, 0, 0, 1, 0];

function instance(number: number, position?: readonly number[], orientation: readonly number[] = axial): Instance {
  const data: DataSet = {
    ...(position && { '00200032': { vr: 'DS', Value: position }, '00200037': { vr: 'DS', Value: orientation } }),
  };
  return { uid: `1.${number}`, seriesUid: '1', studyUid: '1', sopClass: '', number, frames: 1, data };
}

const numbersOf = (instances: readonly Instance[]) => sortInstances(instances).map(({ number }) => number);

test('slices go along their normal, whatever their numbers', () => {
  expect(numbersOf([instance(1, [0, 0, 20]), instance(2, [0, 0, 0]), instance(3, [0, 0, 40])])).toEqual([2, 1, 3]);
});

test('the numbers decide at which end a stack begins', () => {
  expect(numbersOf([instance(3, [0, 0, 0]), instance(2, [0, 0, 10]), instance(1, [0, 0, 20])])).toEqual([1, 2, 3]);
});

test('phases in the same places go by number', () => {
  const twice = [instance(1, [0, 0, 0]), instance(2, [0, 0, 10]), instance(3, [0, 0, 0]), instance(4, [0, 0, 10])];
  expect(numbersOf(twice)).toEqual([1, 2, 3, 4]);
});

test('planes in several directions, and images without a place, go by number', () => {
  const sagittal = [0, 1, 0, 0, 0, -1];
  expect(numbersOf([instance(2, [0, 0, 0]), instance(1, [5, 0, 0], sagittal)])).toEqual([1, 2]);
  expect(numbersOf([instance(3), instance(1), instance(2)])).toEqual([1, 2, 3]);
});

test('a tilted gantry is sorted along the tilted normal', () => {
  const tilted = [1, 0, 0, 0, 0.966, -0.259];
  const stack = [instance(1, [0, 5, 18], tilted), instance(2, [0, 0, 0], tilted), instance(3, [0, 10, 37], tilted)];
  expect(numbersOf(stack)).toEqual([2, 1, 3]);
});
