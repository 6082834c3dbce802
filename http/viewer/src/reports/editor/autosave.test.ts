import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { Report, ReportContent } from '../types';
import { createAutosave, type SaveState } from './autosave';

const content = (title: string): ReportContent => ({
  title,
  language: 'en',
  sections: [],
  values: [],
  images: [],
  addendum: '',
});

/** A server that answers when the test lets it, and what the user sees of that. */
function bench() {
  const sent: { revision: number; title: string }[] = [];
  const answers: ((report: Report | Error) => void)[] = [];
  const states: SaveState[] = [];
  let stored: { revision: number; title: string } | null = null;
  const autosave = createAutosave({
    revision: 4,
    put: (revision, { title }) => {
      sent.push({ revision, title });
      return new Promise((resolve, reject) =>
        answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
      );
    },
    kept: {
      keep: (revision, { title }) => {
        stored = { revision, title };
        return true;
      },
      forget: () => (stored = null),
    },
    listener: { state: (state) => states.push(state), saved: () => undefined },
  });
  const answer = async (with_: number | Error) => {
    answers.shift()?.(typeof with_ === 'number' ? ({ revision: with_ } as Report) : with_);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, sent, states, answer, stored: () => stored };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a change is in this browser at once, and at the server after a pause', async () => {
  const { autosave, sent, states, answer, stored } = bench();
  autosave.change(content('a'));
  expect(stored()).toEqual({ revision: 4, title: 'a' });
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([{ revision: 4, title: 'a' }]);
  expect(stored()).not.toBeNull();
  await answer(5);
  expect(stored()).toBeNull();
  expect(states).toEqual(['waiting', 'saving', 'saved']);
});

test('who writes on without a pause is saved each five seconds', async () => {
  const { autosave, sent } = bench();
  for (let tenth = 0; tenth < 51; ++tenth) {
    autosave.change(content(`${tenth}`));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent).toHaveLength(1);
  expect(sent[0]?.revision).toBe(4);
});

test('what is written during a request is sent on top of its answer', async () => {
  const { autosave, sent, answer, stored } = bench();
  autosave.change(content('a'));
  await vi.advanceTimersByTimeAsync(1000);
  autosave.change(content('ab'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(1);
  await answer(5);
  expect(stored()).toEqual({ revision: 5, title: 'ab' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent[1]).toEqual({ revision: 5, title: 'ab' });
  await answer(6);
  expect(autosave.waiting()).toBeNull();
});

test('a server that is away is asked again, ever less often, and the text stays here', async () => {
  const { autosave, sent, states, answer, stored } = bench();
  autosave.change(content('a'));
  await vi.advanceTimersByTimeAsync(1000);
  await answer(new Problem(0, 'away'));
  expect(states.at(-1)).toBe('offline');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toHaveLength(2);
  await answer(new Problem(503, 'away'));
  await vi.advanceTimersByTimeAsync(1999);
  expect(sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(stored()).toEqual({ revision: 4, title: 'a' });
  await answer(5);
  expect(states.at(-1)).toBe('saved');
});

test('a conflict waits for a decision, whatever is written', async () => {
  const { autosave, sent, states, answer, stored } = bench();
  autosave.change(content('a'));
  await vi.advanceTimersByTimeAsync(1000);
  await answer(new Problem(409, 'changed'));
  autosave.change(content('ab'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sent.length, states.at(-1)]).toEqual([1, 'conflict']);
  autosave.goOn(9, 'keep');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent[1]).toEqual({ revision: 9, title: 'ab' });
  await answer(10);
  expect(stored()).toBeNull();
});

test('dropping what waits forgets it here too', async () => {
  const { autosave, sent, states, stored } = bench();
  autosave.change(content('a'));
  autosave.goOn(7, 'drop');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sent, stored(), states.at(-1), autosave.revision()]).toEqual([[], null, 'saved', 7]);
});

test('flushing saves at once, also what is written meanwhile, and tells whether it could', async () => {
  const { autosave, sent, answer } = bench();
  expect(await autosave.flush()).toBe(true);
  autosave.change(content('a'));
  const flushed = autosave.flush();
  autosave.change(content('ab'));
  await answer(5);
  await answer(6);
  expect(await flushed).toBe(true);
  expect(sent.map(({ title }) => title)).toEqual(['a', 'ab']);
  autosave.change(content('abc'));
  const failing = autosave.flush();
  await answer(new Problem(0, 'away'));
  expect(await failing).toBe(false);
});

test('what the server refuses is not sent again by itself', async () => {
  const { autosave, sent, states, answer } = bench();
  autosave.change(content('a'));
  await vi.advanceTimersByTimeAsync(1000);
  await answer(new Problem(400, 'too long'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sent.length, states.at(-1)]).toEqual([1, 'refused']);
});
