import { describe, expect, it } from 'vitest';
import { measure, type Raster } from './measure';
import type { Flat } from '../study/vector';

const raster: Raster = { columnSpacing: 0.5, rowSpacing: 2, unit: 'mm', valueUnit: "[hnsf'U]" };
const values = (kind: Parameters<typeof measure>[0], points: Flat[], on: Partial<Raster> = {}) =>
  Object.fromEntries(measure(kind, points, { ...raster, ...on }).map(({ name, value }) => [name, value]));

describe('measure', () => {
  it('tells lengths in mm where pixels are not square', () => {
    expect(
      values('length', [
        [10, 10],
        [110, 10],
      ]),
    ).toEqual({ length: 50 });
    expect(
      values('length', [
        [10, 10],
        [10, 35],
      ]),
    ).toEqual({ length: 50 });
    expect(
      values('length', [
        [0, 0],
        [60, 20],
      ])['length'],
    ).toBeCloseTo(50);
  });

  it('tells lengths in pixels where nothing is calibrated', () => {
    const pixels = { columnSpacing: 1, rowSpacing: 1, unit: '{pixels}' } as const;
    expect(
      measure(
        'length',
        [
          [0, 0],
          [3, 4],
        ],
        { ...raster, ...pixels },
      ),
    ).toEqual([{ name: 'length', value: 5, unit: '{pixels}' }]);
  });

  it('tells the longer of two axes as the long one', () => {
    expect(
      values('bidirectional', [
        [0, 0],
        [20, 0],
        [0, 0],
        [0, 10],
      ]),
    ).toEqual({ long_axis: 20, short_axis: 10 });
  });

  it('tells angles of the patient, not of the pixels', () => {
    expect(
      values('angle', [
        [40, 0],
        [0, 0],
        [40, 10],
      ])['angle'],
    ).toBeCloseTo(45);
    expect(
      values('angle', [
        [40, 0],
        [0, 0],
        [-40, 0],
      ])['angle'],
    ).toBeCloseTo(180);
  });

  it('tells the smaller angle between two lines, whichever way they were drawn', () => {
    const line: Flat[] = [
      [0, 0],
      [40, 0],
    ];
    expect(values('cobb_angle', [...line, [0, 0], [40, 10]])['angle']).toBeCloseTo(45);
    expect(values('cobb_angle', [...line, [40, 10], [0, 0]])['angle']).toBeCloseTo(45);
  });

  it('tells areas in mm²', () => {
    const corners: Flat[] = [
      [0, 0],
      [20, 0],
      [20, 5],
      [0, 5],
    ];
    expect(values('rectangle', corners)).toMatchObject({ area: 100 });
    expect(values('freehand', corners)).toMatchObject({ area: 100, perimeter: 40 });
    expect(
      values('ellipse', [
        [0, 5],
        [40, 5],
        [20, 0],
        [20, 10],
      ])['area'],
    ).toBeCloseTo(Math.PI * 100);
  });

  it('takes the statistics of pixels whose centres are inside', () => {
    const valueAt = (column: number, row: number) => (column < 2 && row < 2 ? 100 : 0);
    const corners: Flat[] = [
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 2],
    ];
    expect(values('rectangle', corners, { valueAt })).toMatchObject({ mean: 50, sd: 50, min: 0, max: 100 });
  });

  it('takes as many pixels of an ellipse as its area has', () => {
    const points: Flat[] = [
      [10, 60],
      [110, 60],
      [60, 40],
      [60, 80],
    ];
    let count = 0;
    measure('ellipse', points, { ...raster, valueAt: () => ++count });
    expect(count / (Math.PI * 50 * 20)).toBeCloseTo(1, 2);
  });

  it('tells a heart’s width as a part of the thorax’s', () => {
    const points: Flat[] = [
      [50, 10],
      [30, 10],
      [50, 12],
      [90, 12],
      [0, 20],
      [120, 20],
    ];
    expect(values('cardiothoracic_ratio', points)).toEqual({ ratio: 0.5 });
  });

  it('tells the value of the pixel under a probe', () => {
    const valueAt = (column: number, row: number) => column * 100 + row;
    expect(measure('probe', [[3.9, 4.1]], { ...raster, valueAt })).toEqual([
      { name: 'value', value: 304, unit: "[hnsf'U]" },
    ]);
  });

  it('tells nothing of unfinished figures', () => {
    expect(
      measure(
        'angle',
        [
          [0, 0],
          [1, 1],
        ],
        raster,
      ),
    ).toEqual([]);
    expect(
      measure(
        'angle',
        [
          [0, 0],
          [0, 0],
          [1, 1],
        ],
        raster,
      ),
    ).toEqual([]);
    expect(
      measure(
        'cardiothoracic_ratio',
        [
          [0, 0],
          [1, 1],
        ],
        raster,
      ),
    ).toEqual([]);
  });
});
