import type { TFunction } from 'i18next';
import { unitSign, withUnit } from '@/shell/units';
import type { Measurement, MeasurementName } from './model';

/** How a unit is written; areas of uncalibrated images are square pixels. */
function signOf({ name, unit }: Measurement): string {
  return unit === '{pixels}' && name === 'area' ? 'px²' : unitSign(unit);
}

function digitsOf({ name, unit, value }: Measurement): number {
  if (name === 'ratio' || unit.startsWith('g/ml')) return 2;
  if (name === 'min' || name === 'max' || name === 'value') return Number.isInteger(value) ? 0 : 1;
  return 1;
}

/** Returns the number alone, in the manner of `language`. */
export function numberText(measurement: Measurement, language: string): string {
  const digits = digitsOf(measurement);
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(measurement.value);
}

/** Returns the number with its unit. */
export function valueText(measurement: Measurement, language: string): string {
  return withUnit(numberText(measurement, language), signOf(measurement), '\u202f');
}

/** Returns what was measured in as few lines as can be read at a glance. */
export function measurementLines(measurements: readonly Measurement[], t: TFunction, language: string): string[] {
  const found = new Map<MeasurementName, Measurement>(measurements.map((one) => [one.name, one]));
  const value = (name: MeasurementName) => {
    const one = found.get(name);
    return one && valueText(one, language);
  };
  const plain = (name: MeasurementName) => {
    const one = found.get(name);
    return one && numberText(one, language);
  };
  const named = (name: MeasurementName) => {
    const text = value(name);
    return text && `${t(`annotations:names.${name}`)} ${text}`;
  };
  const both = (first: string | undefined, second: string | undefined, join: string) =>
    first !== undefined && second !== undefined ? `${first}${join}${second}` : undefined;
  return [
    value('length'),
    both(plain('long_axis'), value('short_axis'), ' × '),
    value('angle'),
    named('ratio'),
    named('area'),
    both(named('mean')?.replace(/\u202f\S+$/, ''), value('sd'), ' ± '),
    both(named('min')?.replace(/\u202f\S+$/, ''), named('max'), '  '),
    value('value'),
    named('perimeter'),
  ].filter((line) => line !== undefined);
}
