import { Problem } from '@/api/problem';
import { viewer } from '../state';
import { fetchDataSets } from './dataSets';
import type { Series, Study } from './model';
import { withPalettes } from './palettes';
import { bySeriesNumber, readSeries, readStudy, withInstances } from './readStudy';

/** How many series are asked for at once; the browser opens no more than six connections to a server. */
const parallel = 4;

async function fetchOutline(uid: string): Promise<Study> {
  const answers = await fetchDataSets(`/dicom-web/studies/${uid}/series`);
  const [first] = answers;
  if (first === undefined) throw new Problem(404, 'missing');
  const series = answers.map((data) => readSeries(uid, data)).sort(bySeriesNumber);
  return readStudy(uid, first, series);
}

async function fetchSeries(series: Series): Promise<Series> {
  const path = `/dicom-web/studies/${series.studyUid}/series/${series.uid}/metadata`;
  return withInstances(series, await Promise.all((await fetchDataSets(path)).map(withPalettes)));
}

function put(study: Study): void {
  viewer.set(({ studies }) => ({
    studies: studies.some(({ uid }) => uid === study.uid) ? studies : [...studies, study],
  }));
}

function replaceSeries(series: Series): void {
  viewer.set(({ studies }) => ({
    studies: studies.map((study) =>
      study.uid === series.studyUid
        ? { ...study, series: study.series.map((one) => (one.uid === series.uid ? series : one)) }
        : study,
    ),
  }));
}

/** Reads a series' instances into the state; what fails is kept with it. Resolves in either case. */
export async function readInstances(series: Series): Promise<Series> {
  try {
    const read = await fetchSeries(series);
    replaceSeries(read);
    return read;
  } catch (error) {
    const failed = { ...series, failure: error instanceof Error ? error : new Error(String(error)) };
    replaceSeries(failed);
    return failed;
  }
}

/** Reads all series, a few at a time, in the given order. */
export async function readAllInstances(series: readonly Series[]): Promise<void> {
  const waiting = series.filter(({ isRead }) => !isRead);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await readInstances(next);
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

/** Puts a study with its series, still without instances, into the state. Throws `Problem`; 404 where there is none. */
export async function openStudy(uid: string): Promise<Study> {
  const known = viewer.get().studies.find((study) => study.uid === uid);
  if (known !== undefined) return known;
  const study = await fetchOutline(uid);
  put(study);
  return study;
}

/** Adds series that have come to an open study since it was opened. */
export async function refreshOutline(uid: string): Promise<void> {
  const fresh = await fetchOutline(uid);
  viewer.set(({ studies }) => ({
    studies: studies.map((study) => {
      if (study.uid !== uid) return study;
      const known = new Map(study.series.map((series) => [series.uid, series]));
      return { ...study, series: fresh.series.map((series) => known.get(series.uid) ?? series) };
    }),
  }));
}

/** Takes a study that is compared away again. */
export function closeStudy(uid: string): void {
  viewer.set(({ studies, panes }) => {
    const gone = new Set(studies.find((study) => study.uid === uid)?.series.map((series) => series.uid));
    return {
      studies: studies.filter((study) => study.uid !== uid),
      panes: panes.map((pane) =>
        'series' in pane.content && gone.has(pane.content.series) ? { ...pane, content: { kind: 'empty' } } : pane,
      ),
    };
  });
}
