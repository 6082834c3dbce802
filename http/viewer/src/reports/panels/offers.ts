import type { AnalysisRun, Finding } from '@/api/analyses';

/** The runs whose findings may be used: those that went well and are not outdated. */
export function usableRuns(runs: readonly AnalysisRun[]): readonly AnalysisRun[] {
  return runs.filter(({ state, superseded, findings }) => state === 'done' && !superseded && findings.length > 0);
}

/** The findings that readers have not rejected. */
export function offeredFindings({ findings }: AnalysisRun): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict !== 'rejected');
}
