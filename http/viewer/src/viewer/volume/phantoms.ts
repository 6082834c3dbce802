import type { DataSet } from '../study/dicomJson';
import type { Instance, Series } from '../study/model';
import { add, scale, type Vector } from '../study/vector';

/** Series of known geometry for unit tests. */
export interface PhantomOptions {
  /** Distances of the planes along `along` (mm). */
  distances: readonly number[];
  /** The direction in which the planes are stacked; the table's axis for a tilted gantry. */
  along?: Vector;
  row?: Vector;
  column?: Vector;
  columns?: number;
  rows?: number;
  pixel?: number;
}

const attribute = (vr: string, ...values: unknown[]) => ({ vr, Value: values });

export function phantomInstance(number: number, position: Vector, options: PhantomOptions): Instance {
  const { row = [1, 0, 0], column = [0, 1, 0], columns = 8, rows = 8, pixel = 1 } = options;
  const data: DataSet = {
    '00080060': attribute('CS', 'CT'),
    '00200013': attribute('IS', number),
    '00200032': attribute('DS', ...position),
    '00200037': attribute('DS', ...row, ...column),
    '00200052': attribute('UI', '1.2.3'),
    '00280002': attribute('US', 1),
    '00280004': attribute('CS', 'MONOCHROME2'),
    '00280010': attribute('US', rows),
    '00280011': attribute('US', columns),
    '00280030': attribute('DS', pixel, pixel),
  };
  return { uid: `1.2.${number}`, seriesUid: '1.1', studyUid: '1', sopClass: '', number, frames: 1, data };
}

export function phantomSeries(options: PhantomOptions): Series {
  const { distances, along = [0, 0, 1] } = options;
  const instances = distances.map((distance, index) =>
    phantomInstance(index + 1, add([-4, -4, 10], scale(along, distance)), options),
  );
  return seriesOf(instances);
}

export function seriesOf(instances: readonly Instance[]): Series {
  return {
    uid: '1.1',
    studyUid: '1',
    number: 1,
    modality: 'CT',
    description: 'phantom',
    bodyPart: '',
    kind: 'images',
    count: instances.length,
    isRead: true,
    instances,
  };
}
