import type { TFunction } from 'i18next';
import type { AnalysisRun, Code, Finding } from '@/api/analyses';
import { formatDate, formatNumber } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';

const written: Readonly<Record<string, string>> = {
  "[hnsf'U]": 'HU',
  '1': '',
  mm2: 'mm²',
  mm3: 'mm³',
  'mGy.cm': 'mGy·cm',
  'mg/cm3': 'mg/cm³',
};

/** Returns a unit of UCUM as people write it. */
export function unitText(unit: string): string {
  return visibleText(written[unit] ?? unit.replace(/^\{(.*)\}$/, '$1'));
}

/** Returns a number with as many digits as its size deserves, and its unit. */
export function quantityText(value: number, unit: string): string {
  const size = Math.abs(value);
  const number = formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
  return [number, unitText(unit)].filter(Boolean).join(' ');
}

/** Returns what a code means, in the user's language where we know it, else as the analyser says. */
export function codeText({ value, meaning }: Code, t: TFunction): string {
  return t(`analyses:codes.${value}`, { defaultValue: visibleText(meaning) });
}

/** Returns what an analyser is for. */
export function analyserText(analyser: string, t: TFunction): string {
  return t(`analyses:analysers.${analyser}`, { defaultValue: visibleText(analyser) });
}

/** Returns what was measured: one value, or those of a place that was marked. */
export function valueTexts(finding: Finding, t: TFunction): string[] {
  const { value, unit, diameter_mm, volume_ml, mean_hu } = finding;
  if (finding.kind === 'measurement') return value === null ? [] : [quantityText(value, unit)];
  return [
    diameter_mm !== null && t('analyses:diameter', { value: quantityText(diameter_mm, 'mm') }),
    volume_ml !== null && t('analyses:volume', { value: quantityText(volume_ml, 'ml') }),
    mean_hu !== null && t('analyses:density', { value: quantityText(mean_hu, "[hnsf'U]") }),
  ].filter((text) => text !== false);
}

/** Returns where it was found. */
export function siteText({ site, laterality }: Finding, t: TFunction): string {
  return [site, laterality].flatMap((code) => (code === null ? [] : [codeText(code, t)])).join(' · ');
}

/** Returns what a run compared its series with; `null` for one that compares nothing. */
export function priorText({ details }: AnalysisRun, t: TFunction): string | null {
  const { prior_study_uid: uid, prior_study_date: date } = details;
  if (typeof uid !== 'string' || typeof date !== 'string') return null;
  const written = date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return t('analyses:compared', { date: formatDate(written) });
}
