import { expect, it } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import { calibrationOf } from './calibration';

const decimals = (...Value: number[]) => ({ vr: 'DS', Value });
const sequence = (...Value: DataSet[]) => ({ vr: 'SQ', Value });

it('reads rows first from Pixel Spacing', () => {
  expect(calibrationOf({ '00280030': decimals(2, 0.5) }, 1, [])).toEqual({
    columnSpacing: 0.5,
    rowSpacing: 2,
    unit: 'mm',
    source: 'patient',
  });
});

it('says that spacing is at the detector where nothing corrected it', () => {
  const detector = { '00181164': decimals(0.2, 0.2) };
  expect(calibrationOf(detector, 1, []).source).toBe('detector');
  expect(calibrationOf({ ...detector, '00280030': decimals(0.2, 0.2) }, 1, []).source).toBe('detector');
  expect(calibrationOf({ ...detector, '00280030': decimals(0.15, 0.15) }, 1, []).source).toBe('patient');
  const fiducial = { '00280A02': { vr: 'CS', Value: ['FIDUCIAL'] } };
  expect(calibrationOf({ ...detector, ...fiducial, '00280030': decimals(0.2, 0.2) }, 1, []).source).toBe('patient');
});

it('measures pixels where nothing is known', () => {
  expect(calibrationOf({}, 1, []).unit).toBe('{pixels}');
  expect(calibrationOf({ '00280030': decimals(0, 0) }, 1, []).unit).toBe('{pixels}');
});

it('reads the spacing of each frame of an enhanced image', () => {
  const group = (spacing: number) => ({ '00289110': sequence({ '00280030': decimals(spacing, spacing) }) });
  const data = { '52009229': sequence(group(1)), '52009230': sequence({}, group(3)) };
  expect([1, 2].map((frame) => calibrationOf(data, frame, []).rowSpacing)).toEqual([1, 3]);
});

it('measures ultrasound inside a region alone', () => {
  const whole = (Value: number) => ({ vr: 'UL', Value: [Value] });
  const region = {
    '00186018': whole(10),
    '0018601A': whole(10),
    '0018601C': whole(100),
    '0018601E': whole(100),
    '00186024': whole(3),
    '00186026': whole(3),
    '0018602C': decimals(0.02),
    '0018602E': decimals(0.03),
  };
  const data = { '00186011': sequence(region) };
  expect(
    calibrationOf(data, 1, [
      [20, 20],
      [90, 90],
    ]),
  ).toMatchObject({ source: 'ultrasound', columnSpacing: 0.2 });
  expect(
    calibrationOf(data, 1, [
      [20, 20],
      [200, 90],
    ]).unit,
  ).toBe('{pixels}');
});
