import { expect, it } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import { valueUnitOf } from './valueUnits';

const attribute = (...Value: (string | number)[]) => ({ vr: 'LO', Value });
const pet: DataSet = {
  '00080060': attribute('PT'),
  '00080021': attribute('20240101'),
  '00080022': attribute('20240101'),
  '00080031': attribute('120000'),
  '00080032': attribute('120000'),
  '00101030': attribute(70),
  '00280051': attribute('DECY', 'ATTN'),
  '00541001': attribute('BQML'),
  '00541102': attribute('START'),
  '00540016': {
    vr: 'SQ',
    Value: [{ '00181072': attribute('110000'), '00181074': attribute(350e6), '00181075': attribute(3600) }],
  },
};

it('tells CT in Hounsfield units', () => {
  expect(valueUnitOf({ '00080060': attribute('CT') })).toEqual({ factor: 1, unit: "[hnsf'U]" });
});

it('tells MR as it is', () => {
  expect(valueUnitOf({ '00080060': attribute('MR') }).unit).toBe('1');
});

it('tells PET as SUV by body weight, with the dose decayed until the scan', () => {
  const { factor, unit } = valueUnitOf(pet);
  expect(unit).toBe('g/ml{SUVbw}');
  expect(factor).toBeCloseTo(70_000 / (350e6 / 2), 9);
});

it('takes a dose that images were corrected to as it was given', () => {
  expect(valueUnitOf({ ...pet, '00541102': attribute('ADMIN') }).factor).toBeCloseTo(70_000 / 350e6, 9);
});

it('keeps activity where the header has no weight', () => {
  const withoutWeight = { ...pet, '00101030': { vr: 'DS' } };
  expect(valueUnitOf(withoutWeight)).toEqual({ factor: 1, unit: 'Bq/ml' });
});
