import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { measurementLines, valueText } from './measurementText';
import type { Measurement, MeasurementName } from './model';

const t = ((key: string) => key.split('.').pop() ?? key) as TFunction;
const one = (name: MeasurementName, value: number, unit: string): Measurement => ({ name, value, unit });

it('writes numbers as the language does', () => {
  expect(valueText(one('length', 1234.56, 'mm'), 'de')).toBe('1.234,6\u202fmm');
  expect(valueText(one('angle', 37, 'deg'), 'en')).toBe('37.0°');
});

it('calls the units of uncalibrated images pixels', () => {
  expect(valueText(one('length', 10, '{pixels}'), 'en')).toBe('10.0\u202fpx');
  expect(valueText(one('area', 10, '{pixels}'), 'en')).toBe('10.0\u202fpx²');
});

it('puts what belongs together in one line', () => {
  const hounsfield = "[hnsf'U]";
  const measurements = [
    one('area', 314.16, 'mm2'),
    one('mean', 60, hounsfield),
    one('sd', 10, hounsfield),
    one('min', 50, hounsfield),
    one('max', 70, hounsfield),
  ];
  expect(measurementLines(measurements, t, 'en')).toEqual([
    'area 314.2\u202fmm²',
    'mean 60.0 ± 10.0\u202fHU',
    'min 50  max 70\u202fHU',
  ]);
  expect(measurementLines([one('long_axis', 20, 'mm'), one('short_axis', 10, 'mm')], t, 'en')).toEqual([
    '20.0 × 10.0\u202fmm',
  ]);
  expect(measurementLines([one('ratio', 0.48, '1')], t, 'en')).toEqual(['ratio 0.48']);
});
