import { expect, test } from 'vitest';
import type { ReportContent } from '../types';
import { withText } from './content';
import { differencesOf, piecesOf } from './differences';

const content = (text: string, addendum = ''): ReportContent => ({
  title: 'CT',
  language: 'en',
  sections: withText([], 'findings', text),
  values: [],
  images: [],
  addendum,
});

test('words that came and went are told apart', () => {
  const pieces = piecesOf('No bleed is seen.', 'A bleed is seen.');
  expect(pieces.filter(({ kind }) => kind === 'removed').map(({ text }) => text.trim())).toEqual(['No']);
  expect(pieces.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual(['A']);
});

test('either text can be put together again', () => {
  const [before, after] = ['Größe 3 cm.\nLeber normal.', 'Größe 4 cm.\n\nLeber vergrößert.'];
  const pieces = piecesOf(before, after);
  const without = (kind: string) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join('');
  expect(without('added')).toBe(before);
  expect(without('removed')).toBe(after);
});

test('only what was changed is listed', () => {
  expect(differencesOf(content('a'), content('a'))).toEqual([]);
  expect(differencesOf(content('a'), content('b', 'why')).map(({ part }) => part)).toEqual(['findings', 'addendum']);
});
