import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { AnnotationContent, StoredAnnotation } from './model';
import { createPendingChanges, type Change } from './pending';
import { createSaver, type SaverListener, type SaverServer } from './saver';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, value),
  };
}

const content: AnnotationContent = {
  id: 'a',
  study_instance_uid: '1.2',
  series_instance_uid: '1.2.3',
  sop_instance_uid: '1.2.3.4',
  frame: 1,
  frame_of_reference_uid: '',
  kind: 'length',
  label: '',
  space: 'image',
  points: [
    [0, 0],
    [1, 1],
  ],
  measurements: [],
  view: {},
};

const change = (label: string, base = 0): Change => ({ content: { ...content, label }, isDeleted: false, base });

function stored(of: AnnotationContent, version: number): StoredAnnotation {
  const author = { id: 1, username: 'rita', full_name: '' };
  return { ...of, version, author, created_at: '', updated_at: '', deleted: false, dicom: null };
}

function harness(put?: SaverServer['put']) {
  const pending = createPendingChanges(memory(), 1);
  const server = {
    put: vi.fn<SaverServer['put']>(put ?? ((one, base) => Promise.resolve(stored(one, base + 1)))),
    remove: vi.fn<SaverServer['remove']>(() => Promise.resolve()),
  };
  const listener = {
    saving: vi.fn<SaverListener['saving']>(),
    saved: vi.fn<SaverListener['saved']>(),
    removed: vi.fn<SaverListener['removed']>(),
    conflict: vi.fn<SaverListener['conflict']>(),
    refused: vi.fn<SaverListener['refused']>(),
    online: vi.fn<SaverListener['online']>(),
  };
  return { pending, server, listener, saver: createSaver({ server, pending, listener }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a saver', () => {
  it('saves once after the last of several changes', async () => {
    const { saver, server, listener, pending } = harness();
    saver.change(change('a'));
    await vi.advanceTimersByTimeAsync(900);
    saver.change(change('b'));
    await vi.advanceTimersByTimeAsync(900);
    expect(server.put).not.toHaveBeenCalled();
    expect(pending.of(['1.2'])).toEqual([change('b')]);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.put.mock.calls).toEqual([[change('b').content, 0]]);
    expect(listener.saved).toHaveBeenCalledWith(stored(change('b').content, 1), true);
    expect(pending.of(['1.2'])).toEqual([]);
    expect(saver.hasPending()).toBe(false);
  });

  it('bases what changed while it was saving on what was saved', async () => {
    let finish: (one: StoredAnnotation) => void = () => undefined;
    const { saver, server, listener } = harness(() => new Promise((resolve) => (finish = resolve)));
    saver.change(change('a'));
    await vi.advanceTimersByTimeAsync(1000);
    saver.change(change('b'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.put).toHaveBeenCalledTimes(1);
    finish(stored(change('a').content, 1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(listener.saved).toHaveBeenCalledWith(stored(change('a').content, 1), false);
    expect(server.put.mock.calls[1]).toEqual([change('b').content, 1]);
  });

  it('keeps a change and tries again, less and less often, while the server is away', async () => {
    let isAway = true;
    const { saver, server, listener, pending } = harness((one, base) =>
      isAway ? Promise.reject(new Problem(0, 'away')) : Promise.resolve(stored(one, base + 1)),
    );
    saver.change(change('a'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.put.mock.calls.length).toBeLessThan(6);
    expect(listener.online).toHaveBeenLastCalledWith(false);
    expect(pending.of(['1.2'])).toHaveLength(1);
    isAway = false;
    saver.flush();
    await vi.advanceTimersByTimeAsync(1);
    expect(listener.saved).toHaveBeenCalledOnce();
    expect(listener.online).toHaveBeenLastCalledWith(true);
    expect(pending.of(['1.2'])).toEqual([]);
  });

  it('never overwrites a newer version', async () => {
    const current = stored(change('theirs').content, 3);
    const { saver, server, listener, pending } = harness(() =>
      Promise.reject(new Problem(409, 'newer', {}, { current })),
    );
    saver.change(change('mine', 2));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.conflict).toHaveBeenCalledWith('a', current);
    expect(server.put).toHaveBeenCalledOnce();
    expect(pending.of(['1.2'])).toHaveLength(1);
    saver.drop('a');
    expect(pending.of(['1.2'])).toEqual([]);
  });

  it('says what the server refuses, without trying again', async () => {
    const { saver, server, listener } = harness(() => Promise.reject(new Problem(403, 'another’s')));
    saver.change(change('mine', 2));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.refused).toHaveBeenCalledOnce();
    expect(server.put).toHaveBeenCalledOnce();
  });

  it('does not trouble the server with what it never saw', async () => {
    const { saver, server, listener } = harness();
    saver.change(change('a'));
    saver.change({ ...change('a'), isDeleted: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.put).not.toHaveBeenCalled();
    expect(server.remove).not.toHaveBeenCalled();
    expect(listener.removed).toHaveBeenCalledWith('a', 0);
  });

  it('deletes a version that was made while the deletion waited', async () => {
    let finish: (one: StoredAnnotation) => void = () => undefined;
    const { saver, server, listener } = harness(() => new Promise((resolve) => (finish = resolve)));
    saver.change(change('a'));
    await vi.advanceTimersByTimeAsync(1000);
    saver.change({ ...change('a'), isDeleted: true });
    finish(stored(change('a').content, 1));
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.remove).toHaveBeenCalledWith('a', 1);
    expect(listener.removed).toHaveBeenCalledWith('a', 2);
  });
});

it('keeps each user’s changes apart, by study', () => {
  const storage = memory();
  createPendingChanges(storage, 1).keep(change('a'));
  expect(createPendingChanges(storage, 11).of(['1.2'])).toEqual([]);
  expect(createPendingChanges(storage, 1).of(['1.3'])).toEqual([]);
  expect(createPendingChanges(storage, 1).of(['1.2'])).toEqual([change('a')]);
  storage.setItem('noctis.annotation.1.b', 'not JSON');
  expect(createPendingChanges(storage, 1).of(['1.2'])).toHaveLength(1);
});
