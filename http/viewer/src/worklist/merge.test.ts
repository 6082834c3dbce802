import { expect, test } from 'vitest';
import type { Page } from '@/api/page';
import type { Study } from './filters';
import { arrivals, refreshed, withChange, withStudy } from './merge';

const study = (id: number, images = 1) => ({ id, number_of_instances: images }) as Study;
const page = (...results: Study[]): Page<Study> => ({ count: results.length, next: null, previous: null, results });

test('a study that grows keeps its place, and the other rows their identity', () => {
  const before = page(study(1), study(2), study(3));
  const after = withStudy(before, study(2, 9));
  expect(after.results.map(({ number_of_instances }) => number_of_instances)).toEqual([1, 9, 1]);
  expect(after.results[0]).toBe(before.results[0]);
});

test('a study of another page changes nothing', () => {
  const before = page(study(1));
  expect(withStudy(before, study(2))).toBe(before);
  expect(withChange(before, 2, { priority: 'stat' })).toBe(before);
});

test('what is new is told apart from what was there', () => {
  expect(arrivals(page(study(1)), page(study(2), study(1, 5)))).toEqual([study(2)]);
});

test('rows are refreshed without moving', () => {
  const after = refreshed(page(study(1), study(2)), page(study(3), study(2, 4), study(1)));
  expect(after.results).toEqual([study(1), study(2, 4)]);
  expect(after.count).toBe(3);
});
