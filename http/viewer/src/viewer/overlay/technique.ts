import { number, text, type DataSet } from '../study/dicomJson';

interface Fact {
  tag: string;
  /** Of `overlay.technique.` in the language file. */
  key: string;
  digits?: number;
  modalities?: readonly string[];
}

const xRay = ['CT', 'CR', 'DX', 'MG', 'XA', 'RF', 'PX'];

const facts: readonly Fact[] = [
  { tag: '00180060', key: 'kilovolt', modalities: xRay },
  { tag: '00181151', key: 'milliampere', modalities: xRay },
  { tag: '00181152', key: 'milliampereSeconds', modalities: ['CR', 'DX', 'MG', 'PX'] },
  { tag: '00180080', key: 'repetition', modalities: ['MR'] },
  { tag: '00180081', key: 'echo', digits: 1, modalities: ['MR'] },
  { tag: '00180082', key: 'inversion', modalities: ['MR'] },
  { tag: '00181314', key: 'flipAngle', modalities: ['MR'] },
  { tag: '00180050', key: 'thickness', digits: 2 },
  { tag: '00201041', key: 'location', digits: 1 },
];

/** What the header says of how the image was made, as keys of texts with their numbers. */
export function technique(data: DataSet): { key: string; value: number }[] {
  const modality = text(data, '00080060');
  return facts.flatMap(({ tag, key, digits = 0, modalities }) => {
    const value = number(data, tag);
    if (value === undefined || modalities?.includes(modality) === false) return [];
    return [{ key, value: Math.round(value * 10 ** digits) / 10 ** digits }];
  });
}
