import type { AnalysisRun, StudyAnalyses } from '@/api/analyses';
import type { Series } from '../study/model';

/** The runs on a series: urgent ones first, then by analyser, each with its newest run first. */
export interface SeriesRuns {
  seriesUid: string;
  /** `undefined` where the study has no such series any more. */
  series: Series | undefined;
  runs: readonly AnalysisRun[];
}

const urgency = ({ urgent, superseded }: AnalysisRun) => Number(urgent && !superseded);

/** Returns runs by series, in the order of the study's series. */
export function groupRuns(runs: readonly AnalysisRun[], series: readonly Series[]): SeriesRuns[] {
  const uids = [...series.map(({ uid }) => uid), ...runs.map((run) => run.series_instance_uid)];
  return [...new Set(uids)].flatMap((seriesUid) => {
    const own = runs
      .filter((run) => run.series_instance_uid === seriesUid)
      .toSorted((a, b) => urgency(b) - urgency(a) || a.analyser.localeCompare(b.analyser) || b.id - a.id);
    return own.length === 0 ? [] : [{ seriesUid, series: series.find(({ uid }) => uid === seriesUid), runs: own }];
  });
}

/** Returns the series of images that no analyser took, though the study was analysed. */
export function untouchedSeries(runs: readonly AnalysisRun[], series: readonly Series[]): Series[] {
  const touched = new Set(runs.map((run) => run.series_instance_uid));
  return series.filter(({ uid, kind }) => kind === 'images' && !touched.has(uid));
}

/** What there is to say of a study before its runs. */
export type StudyWord = 'notAnalysed' | 'waiting' | 'running' | 'failed' | 'notApplicable' | 'analysed';

/** Tells apart: never analysed, not yet, failed, analysed though nothing applies, analysed. */
export function wordFor({ state, results }: StudyAnalyses): StudyWord {
  if (state === 'pending') return 'waiting';
  if (state === 'running' || state === 'failed') return state;
  if (results.length > 0) return 'analysed';
  return state === null ? 'notAnalysed' : 'notApplicable';
}
