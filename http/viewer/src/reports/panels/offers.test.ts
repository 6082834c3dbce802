import { expect, test } from 'vitest';
import type { AnalysisRun, Finding } from '@/api/analyses';
import { offeredFindings, usableRuns } from './offers';

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

test('what marked a place is offered before what only measured', () => {
  const run = (id: number, kind: Finding['kind']) =>
    ({ id, state: 'done', superseded: false, findings: [finding({ kind })] }) as unknown as AnalysisRun;
  const runs = [run(1, 'measurement'), run(2, 'candidate'), run(3, 'measurement')];
  expect(usableRuns(runs).map(({ id }) => id)).toEqual([2, 1, 3]);
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
