import type { TFunction } from 'i18next';
import type { Series, Study } from '../study/model';
import type { Entry } from './store';

export interface SeriesGroup {
  series: Series;
  entries: readonly Entry[];
}

/** Sorts annotations by series, in the order of the studies, and within these by image. */
export function groupBySeries(studies: readonly Study[], entries: readonly Entry[]): readonly SeriesGroup[] {
  return studies
    .flatMap(({ series }) => series)
    .map((series) => {
      const order = new Map(series.instances.map(({ uid }, index) => [uid, index]));
      const place = ({ content }: Entry) => (order.get(content.sop_instance_uid) ?? 0) * 1e5 + content.frame;
      const own = entries.filter(({ content }) => content.series_instance_uid === series.uid);
      return { series, entries: own.toSorted((a, b) => place(a) - place(b)) };
    })
    .filter(({ entries: own }) => own.length > 0);
}

/** How a series is called in lists. */
export function seriesTitle({ number, modality, description }: Series, t: TFunction): string {
  const name = description === '' ? t('viewer:rail.unnamed') : description;
  return [number, modality, name].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Where in its series an image is, from 1; a frame of several is told as well. */
export function placeText({ instances }: Series, sopInstanceUid: string, frame: number): string {
  const index = instances.findIndex(({ uid }) => uid === sopInstanceUid);
  const instance = instances[index];
  if (instance === undefined) return '';
  return instance.frames > 1 ? `${index + 1}/${frame}` : `${index + 1}`;
}
