import type { TFunction } from 'i18next';
import { expect, test, vi } from 'vitest';
import type { AnalysisRun, Finding } from '@/api/analyses';

vi.mock('@/shell/i18n', () => ({ locale: () => 'en' }));
const { codeText, findingLine, priorText, quantityText, siteText, valueTexts } = await import('./findingText');

const t = ((key: string, values: { defaultValue?: string; value?: string; date?: string } = {}) =>
  values.defaultValue ?? `${key.replace('analyses:', '')} ${values.value ?? values.date}`) as TFunction;

const finding: Finding = {
  id: 1,
  kind: 'candidate',
  code: { value: '50960005', scheme: 'SCT', meaning: 'Hemorrhage' },
  site: { value: '12738006', scheme: 'SCT', meaning: 'Brain' },
  laterality: { value: '7771000', scheme: 'SCT', meaning: 'Left' },
  value: null,
  unit: '',
  position: [1, 2, 3],
  diameter_mm: 22.345,
  volume_ml: 5.8449,
  mean_hu: 68.2,
  verdict: null,
  verdict_by: null,
  verdict_at: null,
};

test('numbers have the digits that their size deserves', () => {
  expect([1234.56, -23.456, 0.1234].map((value) => quantityText(value, 'ml'))).toEqual([
    '1,235 ml',
    '-23.5 ml',
    '0.12 ml',
  ]);
});

test('a place tells its size, a measurement its value', () => {
  expect(valueTexts(finding, t)).toEqual(['diameter 22.3 mm', 'volume 5.84 ml', 'density 68.2 HU']);
  expect(valueTexts({ ...finding, kind: 'measurement', value: 4.5, unit: 'mm' }, t)).toEqual(['4.5 mm']);
  expect(valueTexts({ ...finding, kind: 'measurement' }, t)).toEqual([]);
});

test('site and laterality stand together, control characters are made visible', () => {
  expect(siteText(finding, t)).toBe('Brain · Left');
  expect(siteText({ ...finding, site: null, laterality: null }, t)).toBe('');
  expect(codeText({ value: 'x', scheme: '99', meaning: 'A\u0007B' }, t)).toBe('A␇B');
});

test('a line of a report has its numbers as its language writes them', () => {
  expect(findingLine(finding, t, 'en')).toBe(
    'Hemorrhage (Brain, Left): diameter 22.3 mm, volume 5.84 ml, density 68.2 HU',
  );
  const volume = { ...finding, kind: 'measurement', value: 1234.5, unit: 'ml', laterality: null } as const;
  expect(findingLine(volume, t, 'de')).toBe('Hemorrhage (Brain): 1.235 ml');
  expect(findingLine({ ...volume, value: null, site: null }, t, 'de')).toBe('Hemorrhage');
});

test('a run that compares says with what', () => {
  const run = (details: object) => ({ details }) as AnalysisRun;
  expect(priorText(run({ prior_study_uid: '1.2', prior_study_date: '20250110' }), t)).toBe('compared Jan 10, 2025');
  expect(priorText(run({ inserts: [] }), t)).toBeNull();
});
