import { describe, expect, test } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import type { Instance } from '../study/model';
import { traceOf, type PictureView } from './paint';
import { readStructures } from './readStructures';

const attribute = (vr: string, ...values: unknown[]) => ({ vr, Value: values });
const sequence = (...values: DataSet[]) => attribute('SQ', ...values);

const square = (z: number) => [-10, -10, z, 10, -10, z, 10, 10, z, -10, 10, z];

function structures(contours: DataSet[]): Instance {
  const data: DataSet = {
    '30060010': sequence({
      '00200052': attribute('UI', '1.2.3'),
      '30060012': sequence({ '30060014': sequence({ '0020000E': attribute('UI', '1.9') }) }),
    }),
    '30060020': sequence({ '30060022': attribute('IS', 7), '30060026': attribute('LO', 'Heart') }),
    '30060039': sequence({
      '30060084': attribute('IS', 7),
      '3006002A': attribute('IS', 255, 128, 0),
      '30060040': sequence(...contours),
    }),
  };
  return { uid: '1', seriesUid: '1.1', studyUid: '1', sopClass: '', number: 1, frames: 1, data };
}

const drawn = (z: number): DataSet => ({
  '30060042': attribute('CS', 'CLOSED_PLANAR'),
  '30060050': attribute('DS', ...square(z)),
});

const read = (...contours: DataSet[]) =>
  readStructures(structures(contours), 'Test', ({ BulkDataURI }) =>
    Promise.resolve(BulkDataURI === 'bulk' ? square(4) : []),
  );

const axial = (z: number): PictureView => ({
  width: 40,
  height: 40,
  origin: [-20, -20, z],
  right: [1, 0, 0],
  down: [0, 1, 0],
  normal: [0, 0, 1],
});

describe('reading structures', () => {
  test('names, colours, references and contours', async () => {
    const { segments, referencedSeries, frameOfReference, shape } = await read(drawn(0), drawn(2));
    expect(segments).toEqual([
      { number: 7, label: 'Heart', colour: [255, 128, 0], centre: [0, 0, 2], isAbnormal: false },
    ]);
    expect([referencedSeries, frameOfReference]).toEqual([['1.9'], '1.2.3']);
    expect(shape.kind === 'contours' && shape.sets.get(7)?.thickness).toBe(2);
  });

  test('what the metadata leaves out is fetched', async () => {
    const { shape } = await read(drawn(2), { '30060050': { vr: 'DS', BulkDataURI: 'bulk' } });
    expect(shape.kind === 'contours' && shape.sets.get(7)?.contours[1]?.points[0]).toEqual([-10, -10, 4]);
  });

  test('a contour is outlined on its own plane and cut by one across', async () => {
    const { shape } = await read(drawn(0), drawn(2));
    const set = shape.kind === 'contours' ? shape.sets.get(7) : undefined;
    const contour = set?.contours[0];
    if (set === undefined || contour === undefined) throw new Error('no contour');
    expect(traceOf(contour, set, axial(0.5))).toMatchObject({
      kind: 'outline',
      points: [
        [10, 10],
        [30, 10],
        [30, 30],
        [10, 30],
      ],
    });
    expect(traceOf(contour, set, axial(5))).toBeUndefined();
    const coronal: PictureView = {
      width: 40,
      height: 40,
      origin: [-20, 3, 20],
      right: [1, 0, 0],
      down: [0, 0, -1],
      normal: [0, -1, 0],
    };
    const trace = traceOf(contour, set, coronal);
    const [span] = trace?.kind === 'cut' ? trace.spans : [];
    expect(span?.map(([x]) => x).sort((a, b) => a - b)).toEqual([10, 30]);
    expect(span?.map(([, y]) => y).sort((a, b) => a - b)).toEqual([19, 21]);
  });
});
