import { expect, test } from 'vitest';
import { percentileWindow, windowsOf } from './windows';

test('a header has as many windows as it has pairs', () => {
  const data = {
    '00281050': { vr: 'DS', Value: [450, 200] },
    '00281051': { vr: 'DS', Value: [790, 443] },
    '00281055': { vr: 'LO', Value: ['WINDOW1', 'WINDOW2'] },
  };
  expect(windowsOf(data)).toEqual([
    { center: 450, width: 790, explanation: 'WINDOW1' },
    { center: 200, width: 443, explanation: 'WINDOW2' },
  ]);
});

test('a window without width is none', () => {
  expect(windowsOf({ '00281050': { vr: 'DS', Value: [40] }, '00281051': { vr: 'DS', Value: [0] } })).toEqual([]);
});

test('a table without a window gives the range that it spreads', () => {
  const lut = { '00283002': { vr: 'US', Value: [4096, 100, 12] }, '00283003': { vr: 'LO', Value: ['HARDER'] } };
  expect(windowsOf({ '00283010': { vr: 'SQ', Value: [lut] } })).toEqual([
    { center: 2148, width: 4096, explanation: 'HARDER' },
  ]);
});

test('a window by the values leaves out what is rare', () => {
  const values = Int16Array.from({ length: 1000 }, (_, index) => (index === 999 ? 30_000 : index));
  const { center = 0, width = 0 } = percentileWindow(values) ?? {};
  expect(width).toBeGreaterThan(900);
  expect(width).toBeLessThan(1000);
  expect(Math.round(center)).toBeCloseTo(499, -1);
});
