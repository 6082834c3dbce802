import { expect, test } from 'vitest';
import { nameText } from './names';

test('the family name comes first, its own script behind', () => {
  expect(nameText({ Alphabetic: 'Doe^Jane^Q' })).toBe('Doe, Jane Q');
  expect(nameText({ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' })).toBe('Yamada, Tarou (山田, 太郎)');
  expect(nameText({ Ideographic: '山田^太郎' })).toBe('山田, 太郎');
  expect(nameText({ Alphabetic: '<script>alert(1)</script>' })).toBe('<script>alert(1)</script>');
  expect(nameText({})).toBe('');
});
