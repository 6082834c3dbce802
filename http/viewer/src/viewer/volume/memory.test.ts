import { expect, test } from 'vitest';
import { memoryNeed } from './memory';

test('300 planes of 512² whole numbers need about half a gigabyte', () => {
  expect(memoryNeed([512, 512, 300], false, 1e9)).toEqual({ bytes: 471_859_200, limit: 1e9, stride: 1 });
});

test('what does not fit tells how many planes would', () => {
  expect(memoryNeed([512, 512, 1000], false, 1e9).stride).toBe(2);
  expect(memoryNeed([512, 512, 1000], true, 1e9).stride).toBe(3);
  expect(memoryNeed([64, 64, 5000], false, 1e9).stride).toBe(3);
});
