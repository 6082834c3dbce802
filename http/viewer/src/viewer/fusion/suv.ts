import { items, number, text, type DataSet } from '../study/dicomJson';

/** Seconds since midnight of a DICOM TM, or since 1970 of a DT or of a date and a time. */
function seconds(time: string, date = '19700101'): number | undefined {
  const [, hours, minutes = '0', rest = '0'] = /^(\d{2})(\d{2})?(\d{2}(?:\.\d+)?)?/.exec(time) ?? [];
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  if (hours === undefined || year === undefined) return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
  return midnight + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

/** When the dose was given; only its time, of the day of the series, where the header has no date. */
function injection(dose: DataSet, date: string): number | undefined {
  const moment = text(dose, '00181078');
  if (moment.length >= 12) return seconds(moment.slice(8), moment.slice(0, 8));
  return seconds(text(dose, '00181072'), date);
}

/** What the activity is corrected to: the moment at which the scan began. */
function reference(data: DataSet): number | undefined {
  const series = seconds(text(data, '00080031'), text(data, '00080021'));
  const acquired = seconds(text(data, '00080032'), text(data, '00080022'));
  if (series === undefined || acquired === undefined) return acquired ?? series;
  // A series time after the acquisition is one of processing (a later reconstruction).
  return Math.min(series, acquired);
}

/** Why values are not SUV; the words are `fusion.noSuv.<code>`. */
export type SuvGap = 'units' | 'weight' | 'dose' | 'time' | 'decay';

/**
 * Returns the factor from a PET image's values (Bq/ml, rescaled) to SUV by body weight (g/ml), after the vendor-neutral
 * method of the Quantitative Imaging Biomarkers Alliance; or what its header lacks.
 */
export function suvFactor(data: DataSet): { factor: number } | { gap: SuvGap } {
  const units = text(data, '00541001');
  if (units === 'GML') return { factor: 1 };
  if (units !== 'BQML') return { gap: 'units' };
  const weight = number(data, '00101030');
  if (weight === undefined || weight <= 0) return { gap: 'weight' };
  const dose = items(data, '00540016')[0];
  const total = dose && number(dose, '00181074');
  const halfLife = dose && number(dose, '00181075');
  if (dose === undefined || total === undefined || total <= 0 || !halfLife) return { gap: 'dose' };
  const correction = text(data, '00541102');
  if (correction === 'ADMIN') return { factor: (weight * 1000) / total };
  if (correction !== 'START') return { gap: 'decay' };
  const scan = reference(data);
  const given = injection(dose, text(data, '00080021') || text(data, '00080022'));
  if (scan === undefined || given === undefined) return { gap: 'time' };
  // Without a date, a dose "after" the scan was given on the evening before.
  const waited = scan < given ? scan - given + 86_400 : scan - given;
  if (waited < 0 || waited > 86_400) return { gap: 'time' };
  return { factor: (weight * 1000) / (total * 2 ** (-waited / halfLife)) };
}
