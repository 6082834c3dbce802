import { describe, expect, test } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import { suvFactor } from './suv';

const attribute = (vr: string, ...values: unknown[]) => ({ vr, Value: values });

function pet(changes: DataSet = {}, dose: DataSet = {}): DataSet {
  return {
    '00541001': attribute('CS', 'BQML'),
    '00541102': attribute('CS', 'START'),
    '00101030': attribute('DS', 70),
    '00080021': attribute('DA', '20240131'),
    '00080031': attribute('TM', '110000'),
    '00080022': attribute('DA', '20240131'),
    '00080032': attribute('TM', '110030'),
    '00540016': attribute('SQ', {
      '00181072': attribute('TM', '100000'),
      '00181074': attribute('DS', 370e6),
      '00181075': attribute('DS', 6586.2),
      ...dose,
    }),
    ...changes,
  };
}

describe('SUV by body weight', () => {
  test('an hour of fluorine decays before the scan', () => {
    const decayed = 370e6 * 2 ** (-3600 / 6586.2);
    expect(suvFactor(pet())).toEqual({ factor: 70_000 / decayed });
  });

  test('a date and time of injection count before a time alone', () => {
    const found = suvFactor(pet({}, { '00181078': attribute('DT', '20240131093000.00') }));
    expect(found).toEqual({ factor: 70_000 / (370e6 * 2 ** (-5400 / 6586.2)) });
  });

  test('an injection before midnight', () => {
    const found = suvFactor(
      pet(
        { '00080031': attribute('TM', '003000'), '00080032': attribute('TM', '003100') },
        { '00181072': attribute('TM', '233000') },
      ),
    );
    expect(found).toEqual({ factor: 70_000 / (370e6 * 2 ** (-3600 / 6586.2)) });
  });

  test('a later reconstruction counts from the acquisition', () => {
    expect(suvFactor(pet({ '00080031': attribute('TM', '180000') }))).toEqual({
      factor: 70_000 / (370e6 * 2 ** (-3630 / 6586.2)),
    });
  });

  test('values that are SUV already stay', () => {
    expect(suvFactor(pet({ '00541001': attribute('CS', 'GML') }))).toEqual({ factor: 1 });
  });

  test('what is missing is told', () => {
    expect(suvFactor(pet({ '00541001': attribute('CS', 'CNTS') }))).toEqual({ gap: 'units' });
    expect(suvFactor(pet({ '00101030': attribute('DS') }))).toEqual({ gap: 'weight' });
    expect(suvFactor(pet({ '00540016': attribute('SQ') }))).toEqual({ gap: 'dose' });
    expect(suvFactor(pet({ '00541102': attribute('CS', 'NONE') }))).toEqual({ gap: 'decay' });
    expect(suvFactor(pet({}, { '00181072': attribute('TM') }))).toEqual({ gap: 'time' });
  });
});
