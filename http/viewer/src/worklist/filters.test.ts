import { expect, test } from 'vitest';
import { addressOf, daysOf, filtersOf, isFiltered, noFilters, queryOf, type Filters } from './filters';

const busy: Filters = {
  search: 'Doe & <b>',
  modality: ['CT', 'MR'],
  dates: { from: '2024-01-01', to: '' },
  status: ['in_progress', 'completed'],
  priority: ['stat'],
  facility: 7,
  mine: true,
  ordering: 'patient_name',
  page: 3,
  pageSize: 100,
};

test('an address gives back the filters that made it', () => {
  expect(filtersOf(addressOf(busy))).toEqual(busy);
  expect(filtersOf(addressOf({ ...noFilters, dates: 'week' }))).toEqual({ ...noFilters, dates: 'week' });
});

test('no filters leave the address bare', () => {
  expect(addressOf(noFilters)).toBe('');
  expect(filtersOf('')).toEqual(noFilters);
});

test('nonsense in an address is left out', () => {
  expect(filtersOf('?status=gone&page=-1&page_size=7&date=2024-13..x&ordering=size&facility=a&modality=ct%3B')).toEqual(
    noFilters,
  );
});

test('presets of dates end today', () => {
  const today = new Date(2024, 2, 1);
  expect(daysOf('today', today)).toEqual({ from: '2024-03-01', to: '2024-03-01' });
  expect(daysOf('3d', today)).toEqual({ from: '2024-02-28', to: '2024-03-01' });
  expect(daysOf('week', today)).toEqual({ from: '2024-02-24', to: '2024-03-01' });
});

test('the server is asked for what is chosen alone', () => {
  expect(queryOf(noFilters, new Date())).toEqual({ ordering: '-study_date', page: 1, page_size: 50 });
  expect(queryOf(busy, new Date())).toMatchObject({ date_from: '2024-01-01', modality: ['CT', 'MR'], facility: 7 });
  expect(queryOf(busy, new Date())).not.toHaveProperty('date_to');
  expect(queryOf({ ...busy, mine: true }, new Date())).toMatchObject({ assigned_to: ['me'] });
  expect(queryOf({ ...busy, mine: false }, new Date())).not.toHaveProperty('assigned_to');
});

test('order and page alone filter nothing', () => {
  expect(isFiltered({ ...noFilters, ordering: 'priority', page: 2, pageSize: 25 })).toBe(false);
  expect(isFiltered({ ...noFilters, priority: ['stat'] })).toBe(true);
});
