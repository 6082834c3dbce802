import { expect, test } from 'vitest';
import { spacingOf } from './spacing';

test('the spacing in the patient goes before the one at the detector', () => {
  const both = { '00280030': { vr: 'DS', Value: [0.5, 0.4] }, '00181164': { vr: 'DS', Value: [0.14, 0.14] } };
  expect(spacingOf(both)).toEqual({ row: 0.5, column: 0.4, at: 'patient' });
  expect(spacingOf({ '00181164': both['00181164'] })).toEqual({ row: 0.14, column: 0.14, at: 'detector' });
});

test('ultrasound regions that agree give theirs', () => {
  const region = (delta: number) => ({
    '00186024': { vr: 'US', Value: [3] },
    '00186026': { vr: 'US', Value: [3] },
    '0018602C': { vr: 'FD', Value: [delta] },
    '0018602E': { vr: 'FD', Value: [delta] },
  });
  expect(spacingOf({ '00186011': { vr: 'SQ', Value: [region(0.05)] } })).toEqual({
    row: 0.5,
    column: 0.5,
    at: 'region',
  });
  expect(spacingOf({ '00186011': { vr: 'SQ', Value: [region(0.05), region(0.02)] } })).toBeUndefined();
});

test('an image without any has none', () => {
  expect(spacingOf({})).toBeUndefined();
  expect(spacingOf({ '00280030': { vr: 'DS', Value: [0, 0] } })).toBeUndefined();
});
