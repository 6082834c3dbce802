import { expect, test, vi } from 'vitest';
import { Coalescer } from './coalesce';

test('the first runs at once, of those that follow the last', () => {
  vi.useFakeTimers();
  const done: number[] = [];
  const coalescer = new Coalescer(300);
  for (const value of [1, 2, 3]) coalescer.run('a', () => done.push(value));
  coalescer.run('b', () => done.push(10));
  expect(done).toEqual([1, 10]);
  vi.advanceTimersByTime(300);
  expect(done).toEqual([1, 10, 3]);
  vi.advanceTimersByTime(300);
  coalescer.run('a', () => done.push(4));
  expect(done).toEqual([1, 10, 3, 4]);
});
