import { expect, test } from 'vitest';
import type { Job } from '@/api/analyses';
import { mayCancel, mayRetry, studyOf } from './jobFacts';

const job = (part: Partial<Job>) => ({ payload: {}, ...part }) as Job;

test('the study of a job is told by its payload, where that is a UID', () => {
  expect(studyOf(job({ payload: { study_uid: '1.3' } }))).toBe('1.3');
  expect(studyOf(job({ payload: { study_uid: '../admin' } }))).toBeNull();
  expect(studyOf(job({ payload: { study_uid: 7 } }))).toBeNull();
});

test('what has ended can be retried, but for what is done; what has not can be cancelled', () => {
  const states = ['pending', 'running', 'done', 'failed', 'cancelled'] as const;
  expect(states.filter((state) => mayCancel(job({ state })))).toEqual(['pending', 'running']);
  expect(states.filter((state) => mayRetry(job({ state })))).toEqual(['failed', 'cancelled']);
});
