import { expect, test } from 'vitest';
import { fieldBefore, fieldFrom, fieldsOf, selectedField, withUsual } from './fields';

const text = 'Liver {{size|normal}} in size, {{ lesions }}, kidneys {{kidneys|}}.';

test('fields have a name and what is usual', () => {
  expect(fieldsOf(text).map(({ name, usual }) => [name, usual])).toEqual([
    ['size', 'normal'],
    ['lesions', ''],
    ['kidneys', ''],
  ]);
  const [first] = fieldsOf(text);
  expect(text.slice(first?.start, first?.end)).toBe('{{size|normal}}');
});

test('what only looks like a field is none', () => {
  expect(fieldsOf('{{}} {{|x}} {a|b} {{a\nb}} {{a|b\n}} {{{}}}')).toEqual([]);
});

test('the way leads forth and back, and ends', () => {
  const [first, second, third] = fieldsOf(text);
  expect(fieldFrom(text, 0)).toEqual(first);
  expect(fieldFrom(text, first?.end ?? 0)).toEqual(second);
  expect(fieldFrom(text, (third?.start ?? 0) + 1)).toBeUndefined();
  expect(fieldBefore(text, text.length)).toEqual(third);
  expect(fieldBefore(text, first?.end ?? 0)).toEqual(first);
  expect(fieldBefore(text, 3)).toBeUndefined();
});

test('a field is selected as a whole or not at all', () => {
  const [first] = fieldsOf(text);
  expect(selectedField(text, first?.start ?? 0, first?.end ?? 0)).toEqual(first);
  expect(selectedField(text, (first?.start ?? 0) + 1, first?.end ?? 0)).toBeUndefined();
});

test('the usual stands in for what was not filled in, and only where there is such', () => {
  expect(withUsual(text)).toBe('Liver normal in size, {{ lesions }}, kidneys {{kidneys|}}.');
});

test('what is usual is taken as it stands', () => {
  expect(withUsual("{{price|$& $1 $'}}")).toBe("$& $1 $'");
});
