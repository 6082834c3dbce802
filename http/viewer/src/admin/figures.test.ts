import { expect, test, vi } from 'vitest';

vi.mock('@/shell/i18n', () => ({ locale: () => 'en' }));
const { agreement, minutesText, nothing, secondsText } = await import('./figures');

test('readers agree with what they accept of what they judged', () => {
  expect(agreement({ accepted: 3, rejected: 1 })).toBe(0.75);
  expect(agreement({ accepted: 0, rejected: 2 })).toBe(0);
});

test('without a verdict there is no agreement, not one of nought', () => {
  expect(agreement({ accepted: 0, rejected: 0 })).toBeNull();
});

test('times are told in what suits their length', () => {
  expect([secondsText(4.26), secondsText(125), minutesText(61.5), minutesText(null)]).toEqual([
    '4.3 s',
    '2m 5s',
    '1h 1m',
    nothing,
  ]);
});
