import type { DataSet, PersonName } from './dicomJson';

/** What a series is shown as. */
export type SeriesKind = 'images' | 'document' | 'segmentation' | 'structures' | 'other';

export interface Patient {
  name: PersonName;
  id: string;
  /** YYYYMMDD, or `''`. */
  birthDate: string;
  sex: string;
}

export interface Study {
  uid: string;
  patient: Patient;
  /** YYYYMMDD, or `''`. */
  date: string;
  /** HHMMSS.FFFFFF, or `''`. */
  time: string;
  description: string;
  accession: string;
  /** In the order of their numbers. */
  series: readonly Series[];
}

export interface Series {
  uid: string;
  studyUid: string;
  number: number | undefined;
  modality: string;
  description: string;
  bodyPart: string;
  kind: SeriesKind;
  /** In the order in which they are scrolled through. */
  instances: readonly Instance[];
}

export interface Instance {
  uid: string;
  seriesUid: string;
  studyUid: string;
  sopClass: string;
  number: number | undefined;
  /** How many frames there are; 1 for what has no pixels. */
  frames: number;
  /** Everything but bulk data, as WADO-RS metadata gives it. */
  data: DataSet;
}
