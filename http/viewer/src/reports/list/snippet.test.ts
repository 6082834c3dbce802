import { expect, test } from 'vitest';
import { piecesOfSnippet } from './snippet';

test('hits are told apart from what stands around them', () => {
  expect(piecesOfSnippet('no \u0002bleed\u0003 seen, \u0002bleed\u0003')).toEqual([
    { text: 'no ', isHit: false },
    { text: 'bleed', isHit: true },
    { text: ' seen, ', isHit: false },
    { text: 'bleed', isHit: true },
  ]);
});

test('a snippet that was cut off within a hit is no failure', () => {
  expect(piecesOfSnippet('a \u0002ble')).toEqual([
    { text: 'a ', isHit: false },
    { text: 'ble', isHit: true },
  ]);
  expect(piecesOfSnippet('a\u0003b')).toEqual([{ text: 'ab', isHit: false }]);
  expect(piecesOfSnippet('')).toEqual([]);
});
