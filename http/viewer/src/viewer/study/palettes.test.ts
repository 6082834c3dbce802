import { expect, test } from 'vitest';
import { entriesOf, withPalettes } from './palettes';

test('palettes in the header become numbers', async () => {
  const header = {
    '00281101': { vr: 'US', Value: [2, 0, 16] },
    '00281201': { vr: 'OW', InlineBinary: btoa('\x00\xff\x01\x00') },
  };
  expect((await withPalettes(header))['00281201']).toEqual({ vr: 'OW', Value: [0xff00, 1] });
});

test('tables of 8 bits are read by the byte', () => {
  expect(entriesOf(Uint8Array.of(1, 2, 3, 4), [4, 0, 8])).toEqual([1, 2, 3, 4]);
  expect(entriesOf(Uint8Array.of(1, 0, 3, 0), [2, 0, 8])).toEqual([1, 3]);
});

test('a header without palettes stays itself', async () => {
  const header = { '00280010': { vr: 'US', Value: [2] } };
  expect(await withPalettes(header)).toBe(header);
});
