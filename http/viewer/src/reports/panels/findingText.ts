import type { AnalysisRun, Finding } from '@/api/analyses';

const signs: Readonly<Record<string, string>> = {
  mm: 'mm',
  mm2: 'mm²',
  mm3: 'mm³',
  cm2: 'cm²',
  cm3: 'cm³',
  "[hnsf'U]": 'HU',
  deg: '°',
  '1': '',
};

function digitsOf(value: number): number {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 2 : 1;
}

function quantity(value: number, unit: string, language: string): string {
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: digitsOf(value) }).format(value);
  const sign = signs[unit] ?? unit.replace(/\{.*\}/, '');
  return sign === '' ? text : sign === '°' ? text + sign : `${text} ${sign}`;
}

/** Returns what an analyser found, as it is put into a report. */
export function findingText(finding: Finding, language: string): string {
  const { code, site, laterality, value, unit, diameter_mm, volume_ml, mean_hu } = finding;
  const place = [laterality?.meaning, site?.meaning].filter((word) => word !== undefined && word !== '').join(' ');
  const name = place === '' ? code.meaning : `${code.meaning}, ${place}`;
  const numbers = [
    value !== null && quantity(value, unit, language),
    diameter_mm !== null && diameter_mm > 0 && `⌀ ${quantity(diameter_mm, 'mm', language)}`,
    volume_ml !== null && volume_ml > 0 && quantity(volume_ml, 'ml', language),
    finding.kind === 'candidate' && mean_hu !== null && quantity(mean_hu, "[hnsf'U]", language),
  ].filter((text) => text !== false);
  return numbers.length === 0 ? name : `${name}: ${numbers.join(', ')}`;
}

/** The runs whose findings may be used: those that went well and are not outdated. */
export function usableRuns(runs: readonly AnalysisRun[]): readonly AnalysisRun[] {
  return runs.filter(({ state, superseded, findings }) => state === 'done' && !superseded && findings.length > 0);
}

/** The findings that readers have not rejected. */
export function offeredFindings({ findings }: AnalysisRun): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict !== 'rejected');
}
