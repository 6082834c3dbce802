import type { SeriesKind } from './model';

const storage = '1.2.840.10008.5.1.4.1.1.';
const documentModalities = new Set(['SR', 'DOC', 'SMR', 'KO']);

/** What a series is shown as, by the SOP class of its first instance where that is known, else by its modality. */
export function kindOf(modality: string, sopClass = '', hasPixels = true): SeriesKind {
  if (sopClass === `${storage}66.4` || sopClass === `${storage}66.7` || modality === 'SEG') return 'segmentation';
  if (sopClass === `${storage}481.3` || modality === 'RTSTRUCT') return 'structures';
  if (sopClass.startsWith(`${storage}88.`) || sopClass.startsWith(`${storage}104.`)) return 'document';
  if (documentModalities.has(modality)) return 'document';
  if (modality === 'PR' || modality === 'RTPLAN' || modality === 'ECG' || modality === 'REG') return 'other';
  return hasPixels ? 'images' : 'other';
}
