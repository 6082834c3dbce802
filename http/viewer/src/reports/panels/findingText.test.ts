import { expect, test } from 'vitest';
import type { AnalysisRun, Finding } from '@/api/analyses';
import { findingText, offeredFindings, usableRuns } from './findingText';

const finding = (more: Partial<Finding>): Finding => ({
  id: 1,
  kind: 'candidate',
  code: { value: '50960005', scheme: 'SCT', meaning: 'Hemorrhage' },
  site: null,
  laterality: null,
  value: null,
  unit: '',
  position: null,
  diameter_mm: null,
  volume_ml: null,
  mean_hu: null,
  verdict: null,
  verdict_by: null,
  verdict_at: null,
  ...more,
});

test('a candidate is told with its place and its size, in the numbers of the language', () => {
  const head = { value: '1', scheme: 'SCT', meaning: 'Brain' };
  const left = { value: '2', scheme: 'SCT', meaning: 'Left' };
  const bleed = finding({ site: head, laterality: left, diameter_mm: 31.24, volume_ml: 15.7, mean_hu: 61.2 });
  expect(findingText(bleed, 'en')).toBe('Hemorrhage, Left Brain: ⌀ 31.2 mm, 15.7 ml, 61.2 HU');
  expect(findingText(bleed, 'de')).toBe('Hemorrhage, Left Brain: ⌀ 31,2 mm, 15,7 ml, 61,2 HU');
});

test('a measurement is told with its unit; what has no numbers, by name', () => {
  const volume = { code: { value: '1', scheme: 'SCT', meaning: 'Volume' }, kind: 'measurement' } as const;
  expect(findingText(finding({ ...volume, value: 0.456, unit: '1' }), 'en')).toBe('Volume: 0.46');
  expect(findingText(finding({ ...volume, value: -120.4, unit: "[hnsf'U]", mean_hu: 3 }), 'en')).toBe(
    'Volume: -120 HU',
  );
  expect(findingText(finding({}), 'en')).toBe('Hemorrhage');
});

test('what was rejected, failed or is outdated is not offered', () => {
  const run = (more: Partial<AnalysisRun>) => ({ state: 'done', superseded: false, findings: [finding({})], ...more });
  const runs = [run({}), run({ state: 'failed' }), run({ superseded: true }), run({ findings: [] })] as AnalysisRun[];
  expect(usableRuns(runs)).toEqual([runs[0]]);
  const findings = [
    finding({ id: 1, verdict: 'rejected' }),
    finding({ id: 2, verdict: 'accepted' }),
    finding({ id: 3 }),
  ];
  expect(offeredFindings(run({ findings }) as AnalysisRun).map(({ id }) => id)).toEqual([2, 3]);
});
