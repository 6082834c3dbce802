import type { TFunction } from 'i18next';
import type { AnalysisRun, Code, Finding } from '@/api/analyses';
import { formatDate, formatNumber } from '@/shell/format';
import { locale } from '@/shell/i18n';
import { unitSign, withUnit } from '@/shell/units';
import { visibleText } from '@/shell/visibleText';

/** Returns a number with as many digits as its size deserves, and its unit (UCUM), as written in `language`. */
export function quantityText(value: number, unit: string, language = locale()): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return withUnit(formatNumber(value, digits, language), visibleText(unitSign(unit)));
}

/** Returns what a code means, in the user's language where we know it, else as the analyser says. */
export function codeText({ value, meaning }: Code, t: TFunction): string {
  return t(`analyses:codes.${value}`, { defaultValue: visibleText(meaning) });
}

/** Returns what an analyser is for. */
export function analyserText(analyser: string, t: TFunction): string {
  return t(`analyses:analysers.${analyser}`, { defaultValue: visibleText(analyser) });
}

/** Returns what was measured: one value, or those of a place that was marked; numbers as written in `language`. */
export function valueTexts(finding: Finding, t: TFunction, language = locale()): string[] {
  const { value, unit, diameter_mm, volume_ml, mean_hu } = finding;
  if (finding.kind === 'measurement') return value === null ? [] : [quantityText(value, unit, language)];
  return [
    diameter_mm !== null && t('analyses:diameter', { value: quantityText(diameter_mm, 'mm', language) }),
    volume_ml !== null && t('analyses:volume', { value: quantityText(volume_ml, 'ml', language) }),
    mean_hu !== null && t('analyses:density', { value: quantityText(mean_hu, "[hnsf'U]", language) }),
  ].filter((text) => text !== false);
}

/** Returns where it was found. */
export function siteText({ site, laterality }: Finding, t: TFunction): string {
  return [site, laterality].flatMap((code) => (code === null ? [] : [codeText(code, t)])).join(' · ');
}

/** Returns a finding as a line of a report whose language is that of `t`. */
export function findingLine(finding: Finding, t: TFunction, language: string): string {
  const places = [finding.site, finding.laterality].flatMap((code) => (code === null ? [] : [codeText(code, t)]));
  const name = codeText(finding.code, t) + (places.length === 0 ? '' : ` (${places.join(', ')})`);
  const values = valueTexts(finding, t, language);
  return values.length === 0 ? name : `${name}: ${values.join(', ')}`;
}

/** Returns what a run compared its series with; `null` for one that compares nothing. */
export function priorText({ details }: AnalysisRun, t: TFunction): string | null {
  const { prior_study_uid: uid, prior_study_date: date } = details;
  if (typeof uid !== 'string' || typeof date !== 'string') return null;
  const written = date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return t('analyses:compared', { date: formatDate(written) });
}
