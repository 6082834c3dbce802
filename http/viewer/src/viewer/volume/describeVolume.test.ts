import { describe, expect, test } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import { describeVolume, type VolumeDescription } from './describeVolume';
import { phantomInstance, phantomSeries, seriesOf } from './phantoms';
import type { Vector } from '../study/vector';

const evenly = (count: number, step: number) => Array.from({ length: count }, (_, index) => index * step);

function volumeOf(series: Parameters<typeof describeVolume>[0]): VolumeDescription {
  const description = describeVolume(series);
  if (!('volume' in description)) throw new Error(description.refusal);
  return description.volume;
}

const tilted = (degrees: number): Vector => [
  0,
  Math.cos((degrees * Math.PI) / 180),
  -Math.sin((degrees * Math.PI) / 180),
];

describe('what can be a volume', () => {
  test('an even stack is taken as it is', () => {
    const volume = volumeOf(phantomSeries({ distances: evenly(10, 2.5), pixel: 0.5 }));
    expect(volume.resampling).toBeNull();
    expect(volume.dimensions).toEqual([8, 8, 10]);
    expect(volume.spacing).toEqual([0.5, 0.5, 2.5]);
    expect(volume.origin).toEqual([-4, -4, 10]);
  });

  test('the order of the instances does not matter', () => {
    const series = phantomSeries({ distances: [5, 0, 10, 15] });
    expect(volumeOf(series).phases[0]?.map(({ instance }) => instance.number)).toEqual([2, 1, 3, 4]);
  });

  test('a tilted gantry is found with its angle, and its true distances', () => {
    const volume = volumeOf(phantomSeries({ distances: evenly(20, 5), column: tilted(20) }));
    expect(volume.resampling?.tilt).toBeCloseTo(20, 6);
    expect(volume.resampling?.uneven).toBe(false);
    expect(volume.spacing[2]).toBeCloseTo(5 * Math.cos(Math.PI / 9), 6);
    expect(volume.dimensions).toEqual([8, 8 + Math.ceil(95 * Math.sin(Math.PI / 9)), 20]);
  });

  test('planes that only look oblique are not tilted', () => {
    const column = tilted(20);
    const along: Vector = [0, -column[2], column[1]];
    expect(volumeOf(phantomSeries({ distances: evenly(5, 3), column, along })).resampling).toBeNull();
  });

  test('uneven distances are resampled finely enough for the closest', () => {
    const volume = volumeOf(phantomSeries({ distances: [0, 4, 8, 9.5, 16, 23], pixel: 0.5 }));
    expect(volume.resampling).toMatchObject({ tilt: 0, uneven: true, distances: [1.5, 7] });
    expect(volume.spacing[2]).toBe(1.5);
    expect(volume.dimensions[2]).toBe(16);
  });

  test('a wide gap is refused with its width', () => {
    const description = describeVolume(phantomSeries({ distances: [0, 2, 4, 44, 46] }));
    expect(description).toEqual({ refusal: 'gap', millimetres: 40 });
  });

  test('planes scattered sideways are refused', () => {
    const options = { distances: [] };
    const at: Vector[] = [
      [0, 0, 0],
      [30, 0, 2],
      [0, 10, 4],
      [0, 0, 6],
    ];
    const series = seriesOf(at.map((position, index) => phantomInstance(index + 1, position, options)));
    expect(describeVolume(series)).toMatchObject({ refusal: 'scattered' });
  });

  test('a localizer among the planes is left out', () => {
    const stack = phantomSeries({ distances: evenly(4, 2) });
    const localizer = phantomInstance(9, [0, 0, 0], { distances: [], row: [0, 1, 0], column: [0, 0, -1] });
    const volume = volumeOf(seriesOf([localizer, ...stack.instances]));
    expect(volume.leftOut).toBe(1);
    expect(volume.dimensions[2]).toBe(4);
  });

  test('several phases at the same places become several stacks', () => {
    const first = phantomSeries({ distances: evenly(4, 2) }).instances;
    const second = first.map((instance) => ({
      ...instance,
      uid: `${instance.uid}.2`,
      data: { ...instance.data, '00200100': { vr: 'IS', Value: [2] } },
    }));
    const volume = volumeOf(seriesOf([...second, ...first]));
    expect(volume.phases.map((phase) => phase.map(({ instance }) => instance.uid))).toEqual([
      first.map(({ uid }) => uid),
      second.map(({ uid }) => uid),
    ]);
  });

  test('a plane that came twice is left out once', () => {
    const { instances } = phantomSeries({ distances: evenly(4, 2) });
    const again = instances.slice(1, 2).map((instance) => ({ ...instance, uid: '9' }));
    const volume = volumeOf(seriesOf([...instances, ...again]));
    expect(volume.phases).toHaveLength(1);
    expect(volume.leftOut).toBe(1);
  });

  test('too few planes, colour and missing geometry are refused', () => {
    expect(describeVolume(phantomSeries({ distances: [0, 1] }))).toEqual({ refusal: 'tooFew' });
    const [plane] = phantomSeries({ distances: [0] }).instances;
    if (plane === undefined) throw new Error('no plane');
    const colour = { ...plane, data: { ...plane.data, '00280002': { vr: 'US', Value: [3] } } };
    expect(describeVolume(seriesOf([colour]))).toEqual({ refusal: 'colour' });
    const lost = { ...plane, data: { ...plane.data, '00200032': { vr: 'DS' } } };
    expect(describeVolume(seriesOf([lost]))).toEqual({ refusal: 'noGeometry' });
  });

  test('the frames of an enhanced instance have places of their own', () => {
    const group = (tag: string, vr: string, ...values: unknown[]) => ({
      vr: 'SQ',
      Value: [{ [tag]: { vr, Value: values } }],
    });
    const frames = [4, 0, 2].map((z): DataSet => ({ '00209113': group('00200032', 'DS', 0, 0, z) }));
    const data: DataSet = {
      '00200052': { vr: 'UI', Value: ['1.2.3'] },
      '00280010': { vr: 'US', Value: [4] },
      '00280011': { vr: 'US', Value: [6] },
      '52009229': {
        vr: 'SQ',
        Value: [
          {
            '00209116': group('00200037', 'DS', 1, 0, 0, 0, 1, 0),
            '00289110': group('00280030', 'DS', 0.7, 0.6),
          },
        ],
      },
      '52009230': { vr: 'SQ', Value: frames },
    };
    const instance = { uid: '1', seriesUid: '1.1', studyUid: '1', sopClass: '', number: 1, frames: 3, data };
    const volume = volumeOf(seriesOf([instance]));
    expect(volume.phases[0]?.map(({ frame }) => frame)).toEqual([2, 3, 1]);
    expect(volume.spacing).toEqual([0.6, 0.7, 2]);
    expect(volume.dimensions).toEqual([6, 4, 3]);
  });
});
