import { expect, test } from 'vitest';
import { unpackRle } from './pixelData';

test('RLE frames of one segment', () => {
  const header = new Uint8Array(64);
  header[0] = 1;
  header[4] = 64;
  const frame = Uint8Array.from([...header, 2, 1, 2, 3, 0x100 - 4, 9, 128]);
  expect([...unpackRle([frame, frame], 8)]).toEqual([1, 2, 3, 9, 9, 9, 9, 9, 1, 2, 3, 9, 9, 9, 9, 9]);
});

test('frames of more than one segment are refused', () => {
  const frame = new Uint8Array(64);
  frame[0] = 2;
  expect(() => unpackRle([frame], 8)).toThrow('pixels');
});
