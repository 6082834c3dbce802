import { expect, test } from 'vitest';
import { framesOf } from './imageList';

const image = (uid: string, frames: number) => ({ series: '1', uid, number: 1, frames });

test('all frames are offered where they are few', () => {
  expect(framesOf([image('a', 1), image('b', 2)], 9).map(({ uid, frame }) => `${uid}${frame}`)).toEqual([
    'a1',
    'b1',
    'b2',
  ]);
});

test('of many, some are, from the first to the last', () => {
  const offered = framesOf([image('a', 1000)], 100);
  expect(offered).toHaveLength(100);
  expect([offered[0]?.frame, offered.at(-1)?.frame]).toEqual([1, 1000]);
});
