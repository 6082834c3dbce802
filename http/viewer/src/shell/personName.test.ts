import { expect, test } from 'vitest';
import { nameInLine, shownName } from './personName';

test.each([
  ['Doe^Jane', 'Doe, Jane'],
  ['Adams^John Robert Quincy^^Rev.^B.A. M.Div.', 'Adams, Rev. John Robert Quincy, B.A. M.Div.'],
  ['BRAINIX', 'BRAINIX'],
  ['^Jane', 'Jane'],
  [' Doe ^ Jane ^^^', 'Doe, Jane'],
  ['', ''],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada, Tarou (山田 太郎)'],
  ['=洪^吉洞', '洪 吉洞'],
])('%s is shown as %s', (stored, shown) => {
  expect(nameInLine(stored)).toBe(shown);
});

test('each group of a name is told apart', () => {
  expect(shownName('ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう')).toEqual({
    main: 'ﾔﾏﾀﾞ, ﾀﾛｳ',
    ideographic: '山田 太郎',
    phonetic: 'やまだ たろう',
  });
});

test('markup stays text, and escapes are seen', () => {
  expect(nameInLine('<script>alert(1)</script>^\u001b[31mred')).toBe('<script>alert(1)</script>, ␛[31mred');
  expect(nameInLine('a\u202eb')).toBe('a\ufffdb');
});
