import { number, personName, text, type DataSet } from './dicomJson';
import type { Instance, Patient, Series, Study } from './model';
import { kindOf } from './seriesKind';
import { sortInstances } from './sortInstances';

/** Reads the identity of a patient from any data set that has it. */
export function readPatient(data: DataSet): Patient {
  return {
    name: personName(data, '00100010'),
    id: text(data, '00100020'),
    issuer: text(data, '00100021'),
    birthDate: text(data, '00100030'),
    sex: text(data, '00100040'),
  };
}

export function readStudy(uid: string, data: DataSet, series: readonly Series[]): Study {
  return {
    uid,
    patient: readPatient(data),
    date: text(data, '00080020'),
    time: text(data, '00080030'),
    description: text(data, '00081030'),
    accession: text(data, '00080050'),
    series,
  };
}

/** Reads a series from an answer to a search; its instances come later. */
export function readSeries(studyUid: string, data: DataSet): Series {
  const modality = text(data, '00080060');
  return {
    uid: text(data, '0020000E'),
    studyUid,
    number: number(data, '00200011'),
    modality,
    description: text(data, '0008103E'),
    bodyPart: text(data, '00180015'),
    kind: kindOf(modality),
    count: number(data, '00201209') ?? 0,
    isRead: false,
    instances: [],
  };
}

export function readInstance(series: Series, data: DataSet): Instance {
  return {
    uid: text(data, '00080018'),
    seriesUid: series.uid,
    studyUid: series.studyUid,
    sopClass: text(data, '00080016'),
    number: number(data, '00200013'),
    frames: Math.max(1, number(data, '00280008') ?? 1),
    data,
  };
}

/** Completes a series with the metadata of its instances, in the order for scrolling. */
export function withInstances(series: Series, metadata: readonly DataSet[]): Series {
  const instances = sortInstances(metadata.map((data) => readInstance(series, data)));
  const first = instances[0];
  const hasPixels = instances.some(({ data }) => data['00280010'] !== undefined);
  const data = first?.data ?? {};
  return {
    ...series,
    modality: text(data, '00080060') || series.modality,
    description: text(data, '0008103E') || series.description,
    bodyPart: text(data, '00180015') || series.bodyPart,
    kind: kindOf(series.modality, first?.sopClass, hasPixels),
    count: Math.max(series.count, instances.length),
    isRead: true,
    failure: undefined,
    instances,
  };
}

/** Orders series by number, those without one last. */
export function bySeriesNumber(a: Series, b: Series): number {
  return (a.number ?? Infinity) - (b.number ?? Infinity) || a.uid.localeCompare(b.uid);
}
