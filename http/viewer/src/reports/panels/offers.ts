import type { AnalysisRun, Finding } from '@/api/analyses';

function hasPlaces({ findings }: AnalysisRun): boolean {
  return findings.some(({ kind }) => kind === 'candidate');
}

/** The runs whose findings may be used: those that went well and are not outdated; first those that marked places. */
export function usableRuns(runs: readonly AnalysisRun[]): readonly AnalysisRun[] {
  return runs
    .filter(({ state, superseded, findings }) => state === 'done' && !superseded && findings.length > 0)
    .sort((a, b) => Number(hasPlaces(b)) - Number(hasPlaces(a)));
}

/** The findings that readers have not rejected. */
export function offeredFindings({ findings }: AnalysisRun): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict !== 'rejected');
}
