import type { TFunction } from 'i18next';
import { placeText, seriesTitle, type SeriesGroup } from './groups';
import { measurementLines } from './measurementText';

/** Returns a list of measurements for a report: a line for each, under the names of the series. */
export function listAsText(groups: readonly SeriesGroup[], t: TFunction, language: string): string {
  const line = ({ series }: SeriesGroup, { content }: SeriesGroup['entries'][number]) => {
    const { kind, label, measurements, sop_instance_uid, frame } = content;
    const place = placeText(series, sop_instance_uid, frame);
    const name = label === '' ? t(`annotations:kinds.${kind}`) : label;
    const values = measurementLines(measurements, t, language).join('; ');
    const image = place === '' ? '' : ` (${t('annotations:image', { place })})`;
    return `- ${name}${values === '' ? '' : `: ${values}`}${image}`;
  };
  return groups
    .map((group) => [seriesTitle(group.series, t), ...group.entries.map((entry) => line(group, entry))].join('\n'))
    .join('\n\n');
}
