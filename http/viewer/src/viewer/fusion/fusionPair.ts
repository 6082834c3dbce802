import type { Series, Study } from '../study/model';
import { frameOfReferenceOf } from '../study/geometry';

/** A series with anatomy, and one with function that is laid over it. */
export interface FusionPair {
  base: Series;
  overlay: Series;
}

const functional = new Set(['PT', 'NM']);

function usable({ kind, isRead, instances }: Series): boolean {
  return kind === 'images' && isRead && instances.reduce((sum, { frames }) => sum + frames, 0) >= 3;
}

/** More images first: scouts and cuttings lie behind. */
function partners(series: Series, all: readonly Series[]): Series[] {
  return all
    .filter((one) => usable(one) && functional.has(one.modality) !== functional.has(series.modality))
    .filter((one) => frameOfReferenceOf(one) !== '' && frameOfReferenceOf(one) === frameOfReferenceOf(series))
    .sort(
      (a, b) =>
        Number(b.studyUid === series.studyUid) - Number(a.studyUid === series.studyUid) ||
        b.instances.length - a.instances.length,
    );
}

/** Finds what can be laid over a series, or under it: of the same frame of reference, one with anatomy, one with function. */
export function fusionPair(series: Series | undefined, studies: readonly Study[]): FusionPair | undefined {
  if (series === undefined || !usable(series)) return undefined;
  const [partner] = partners(
    series,
    studies.flatMap((study) => study.series),
  );
  if (partner === undefined) return undefined;
  return functional.has(series.modality) ? { base: partner, overlay: series } : { base: series, overlay: partner };
}
