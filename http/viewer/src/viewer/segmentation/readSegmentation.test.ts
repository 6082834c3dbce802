import { describe, expect, test } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import type { Instance } from '../study/model';
import { colourOfLab } from './colour';
import { layMask, maskPicture, planeAt, type PictureView } from './paint';
import { readSegmentation } from './readSegmentation';

const attribute = (vr: string, ...values: unknown[]) => ({ vr, Value: values });
const sequence = (...values: DataSet[]) => attribute('SQ', ...values);

/** Two segments of 5 × 3 pixels on planes at z = 0, 2, 4; the second only on the middle one. */
function segmentation(changes: DataSet = {}): Instance {
  const frames = [
    [1, 0],
    [1, 2],
    [1, 4],
    [2, 2],
  ].map(([segment, z]): DataSet => ({
    '00209113': sequence({ '00200032': attribute('DS', 10, 20, z) }),
    '0062000A': sequence({ '0062000B': attribute('US', segment) }),
  }));
  const data: DataSet = {
    '00200052': attribute('UI', '1.2.3'),
    '00081115': sequence({ '0020000E': attribute('UI', '1.9') }),
    '00280008': attribute('IS', 4),
    '00280010': attribute('US', 3),
    '00280011': attribute('US', 5),
    '00280100': attribute('US', 1),
    '00620001': attribute('CS', 'BINARY'),
    '00620002': sequence(
      {
        '00620004': attribute('US', 1),
        '00620005': attribute('LO', 'Liver'),
        '0062000D': attribute('US', 65535, 32896, 32896),
      },
      {
        '00620003': sequence({ '00080100': attribute('SH', '49755003') }),
        '00620004': attribute('US', 2),
        '00620005': attribute('LO', 'Lesion'),
      },
    ),
    '52009229': sequence({
      '00209116': sequence({ '00200037': attribute('DS', 1, 0, 0, 0, 1, 0) }),
      '00289110': sequence({ '00280030': attribute('DS', 1, 1), '00180050': attribute('DS', 2) }),
    }),
    '52009230': sequence(...frames),
    ...changes,
  };
  return { uid: '1', seriesUid: '1.1', studyUid: '1', sopClass: '', number: 1, frames: 4, data };
}

/** Packs pixels of all frames without gaps, the first in the lowest bit (PS3.5 8.1.1). */
function pack(frames: readonly string[]): Uint8Array {
  const bits = frames.join('');
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.split('').forEach((bit, index) => {
    if (bit === '1') bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return bytes;
}

const cross = '001000111000100';
const dotted = '000000010000000';
const pixels = pack([cross, cross, cross, dotted]);

const across: PictureView = {
  width: 5,
  height: 3,
  origin: [10, 20, 2],
  right: [1, 0, 0],
  down: [0, 1, 0],
  normal: [0, 0, 1],
};

function gridOf(instance = segmentation(), bytes = pixels) {
  const { shape } = readSegmentation(instance, 'Test', bytes);
  if (shape.kind !== 'labels') throw new Error('no labels');
  return shape.grid;
}

describe('reading a segmentation', () => {
  test('bits are packed across frames that are no whole number of bytes', () => {
    const grid = gridOf();
    expect([...(maskPicture(grid, 1, across) ?? [])].join('')).toBe(cross);
    expect([...(maskPicture(grid, 2, across) ?? [])].join('')).toBe(dotted);
  });

  test('planes without a segment show none of it', () => {
    expect(maskPicture(gridOf(), 2, { ...across, origin: [10, 20, 4] })).toBeUndefined();
    expect(maskPicture(gridOf(), 1, { ...across, origin: [10, 20, 9] })).toBeUndefined();
  });

  test('a plane across shows each plane as thick as it is', () => {
    const down: PictureView = {
      width: 5,
      height: 5,
      origin: [10, 21, 0],
      right: [1, 0, 0],
      down: [0, 0, 1],
      normal: [0, -1, 0],
    };
    const rows = [...(maskPicture(gridOf(), 2, down) ?? [])].join('').match(/.{5}/g);
    expect(rows).toEqual(['00000', '00000', '00100', '00100', '00000']);
  });

  test('labels, colours, references and middles', () => {
    const read = readSegmentation(segmentation(), 'Test', pixels);
    expect(read.segments.map(({ label }) => label)).toEqual(['Liver', 'Lesion']);
    expect(read.segments[1]?.centre).toEqual([12, 21, 2]);
    expect(read.segments.map(({ isAbnormal }) => isAbnormal)).toEqual([false, true]);
    expect(read.referencedSeries).toEqual(['1.9']);
    expect(read.frameOfReference).toBe('1.2.3');
  });

  test('fractions count from the half of the greatest', () => {
    const fractional = segmentation({
      '00280100': attribute('US', 8),
      '00620001': attribute('CS', 'FRACTIONAL'),
      '0062000E': attribute('US', 200),
    });
    const bytes = new Uint8Array(60).fill(99);
    bytes.fill(100, 15, 17);
    expect([...(maskPicture(gridOf(fractional, bytes), 1, across) ?? [])].join('')).toBe('110000000000000');
  });

  test('too few pixels, no frame of reference and scattered planes are refused', () => {
    expect(() => gridOf(segmentation(), pixels.slice(1, 4))).toThrow('pixels');
    expect(() => gridOf(segmentation({ '00200052': attribute('UI') }))).toThrow('frameOfReference');
    expect(() => gridOf(segmentation({ '52009229': sequence({}) }))).toThrow('geometry');
  });
});

test('the nearest plane is found as far as planes reach', () => {
  const grid = gridOf();
  expect([-1.1, -0.9, 0.9, 1.1, 4.9, 5.1].map((distance) => planeAt(grid, distance))).toEqual([-1, 0, 0, 1, 2, -1]);
});

test('CIELab becomes sRGB', () => {
  expect(colourOfLab([65535, 32896, 32896])).toEqual([255, 255, 255]);
  const [red, green, blue] = colourOfLab([35000, 50000, 45000]);
  expect(red).toBeGreaterThan(180);
  expect(Math.max(green, blue)).toBeLessThan(110);
});

test('the edge of a mask is stronger than its inside', () => {
  const rgba = new Uint8ClampedArray(4 * 25);
  layMask(
    rgba,
    Uint8Array.from({ length: 25 }, (_, i) => (i % 5 > 0 && i % 5 < 4 && i > 4 && i < 20 ? 1 : 0)),
    5,
    [255, 0, 0],
    0.3,
  );
  expect(rgba[4 * 12 + 3]).toBeLessThan(rgba[4 * 6 + 3] ?? 0);
  expect(rgba[3]).toBe(0);
});
