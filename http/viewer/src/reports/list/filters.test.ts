import { expect, test } from 'vitest';
import { addressOf, filtersOf } from './filters';

test('an address gives back the filters that made it', () => {
  const filters = { search: 'bleed & more', status: 'final', mine: true, page: 3 } as const;
  expect(filtersOf(addressOf(filters))).toEqual(filters);
});

test('nonsense in an address is left out, and no filters leave it bare', () => {
  const none = { search: '', status: '', mine: false, page: 1 } as const;
  expect(filtersOf('?status=gone&mine=yes&page=-4')).toEqual(none);
  expect(addressOf(none)).toBe('');
});
