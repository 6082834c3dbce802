import { expect, test, vi } from 'vitest';

vi.mock('./i18n', () => ({ locale: () => 'en-GB' }));
const { ageAt, formatAge, formatBytes, formatDate, formatDuration, formatTime } = await import('./format');

test('dates name their month', () => {
  expect(formatDate('2024-01-02')).toBe('02 Jan 2024');
  expect(formatDate(null)).toBe('');
});

test('times have no zone', () => {
  expect(formatTime('23:05:59')).toBe('23:05');
  expect(formatTime(null)).toBe('');
});

test.each([
  ['2024-01-01', '2024-01-20', 'day', 19],
  ['2023-01-31', '2024-01-30', 'month', 11],
  ['1970-06-15', '2024-06-14', 'year', 53],
  ['1970-06-15', '2024-06-15', 'year', 54],
])('who is born on %s is on %s so many %s old: %d', (birth, date, unit, value) => {
  expect(ageAt(birth, date)).toEqual({ unit, value });
});

test('no age is told before the birth or without a date', () => {
  expect(formatAge('2024-01-01', '2023-01-01')).toBe('');
  expect(formatAge(null, '2023-01-01')).toBe('');
});

test('sizes and spans come in the unit that fits', () => {
  expect(formatBytes(0)).toBe('0 byte');
  expect(formatBytes(14_734_738)).toBe('15 MB');
  expect(formatBytes(1_500)).toBe('1.5 kB');
  expect(formatDuration(90_061)).toBe('1d 1h');
  expect(formatDuration(0)).toBe('0s');
});
