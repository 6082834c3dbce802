import { expect, test } from 'vitest';
import type { AnalysisRun, AnalysisState } from '@/api/analyses';
import type { Series } from '../study/model';
import { groupRuns, untouchedSeries, wordFor } from './grouping';

const run = (id: number, series: string, analyser: string) =>
  ({ id, series_instance_uid: series, analyser, urgent: false, superseded: false }) as AnalysisRun;
const series = (uid: string, kind: Series['kind'] = 'images') => ({ uid, kind }) as Series;

test('runs stand by series in the order of the study, by analyser, the newest first', () => {
  const runs = [
    run(1, '1.2', 'ct-head'),
    run(2, '1.1', 'quality-control'),
    run(3, '1.2', 'ct-head'),
    run(4, '1.9', 'x'),
  ];
  const groups = groupRuns([...runs, run(5, '1.2', 'a')], [series('1.1'), series('1.2')]);
  expect(groups.map(({ seriesUid, runs: own }) => [seriesUid, own.map(({ id }) => id)])).toEqual([
    ['1.1', [2]],
    ['1.2', [5, 3, 1]],
    ['1.9', [4]],
  ]);
  expect(groups[2]?.series).toBeUndefined();
});

test('what is urgent comes first, but for what a newer run replaces', () => {
  const runs = [run(1, '1.1', 'a'), { ...run(2, '1.1', 'b'), urgent: true }];
  const order = (all: AnalysisRun[]) => groupRuns(all, [])[0]?.runs.map(({ id }) => id);
  expect(order(runs)).toEqual([2, 1]);
  expect(order(runs.map((one) => ({ ...one, superseded: true })))).toEqual([1, 2]);
});

test('only images that no analyser took are untouched', () => {
  const all = [series('1.1'), series('1.2'), series('1.3', 'segmentation')];
  expect(untouchedSeries([run(1, '1.1', 'a')], all).map(({ uid }) => uid)).toEqual(['1.2']);
});

test('never analysed, nothing applicable, failed and analysed are told apart', () => {
  const word = (state: AnalysisState | null, ...results: AnalysisRun[]) =>
    wordFor({ study_id: 1, study_instance_uid: '1', state, results });
  expect(word(null)).toBe('notAnalysed');
  expect(word('pending')).toBe('waiting');
  expect(word('running', run(1, '1.1', 'a'))).toBe('running');
  expect(word('failed')).toBe('failed');
  expect(word('done')).toBe('notApplicable');
  expect(word('done', run(1, '1.1', 'a'))).toBe('analysed');
});
