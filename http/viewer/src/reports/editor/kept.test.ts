import { expect, test } from 'vitest';
import { keptDraft } from './kept';

class Memory implements Storage {
  private readonly items = new Map<string, string>();
  isFull = false;
  get length() {
    return this.items.size;
  }
  clear() {
    this.items.clear();
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
  setItem(key: string, value: string) {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }
}

const content = { title: 'x', language: 'en', sections: [], values: [], images: [], addendum: '' };

test('a draft is kept for its user and report alone, and forgotten', () => {
  const storage = new Memory();
  const mine = keptDraft(storage, 1, 7);
  expect(mine.keep(3, content)).toBe(true);
  expect(keptDraft(storage, 1, 7).read()).toMatchObject({ revision: 3, content });
  expect(keptDraft(storage, 2, 7).read()).toBeUndefined();
  expect(keptDraft(storage, 1, 8).read()).toBeUndefined();
  mine.forget();
  expect(mine.read()).toBeUndefined();
});

test('a full or spoiled storage is no failure', () => {
  const storage = new Memory();
  const mine = keptDraft(storage, 1, 7);
  storage.isFull = true;
  expect(mine.keep(3, content)).toBe(false);
  storage.isFull = false;
  for (const text of ['{', '{"revision":1}', '{"revision":1,"at":2,"content":{"sections":1}}']) {
    storage.setItem('noctis.report.1.7', text);
    expect(mine.read()).toBeUndefined();
  }
});
