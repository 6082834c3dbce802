import { create } from 'zustand';
import type { AnnotationContent, StoredAnnotation } from './model';

/** `temporary`: the user may not save annotations; it lives as long as the page. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'conflict' | 'refused' | 'temporary';

/** An annotation as this page has it. */
export interface Entry {
  content: AnnotationContent;
  /** As the server has it, as far as is known; `null` before it was saved. */
  stored: StoredAnnotation | null;
  /** The version that changes are based on. */
  base: number;
  state: SaveState;
  isDeleted: boolean;
  isHidden: boolean;
  /** The newer version that stands against this one. */
  theirs: StoredAnnotation | null;
  /** Why the server refused it. */
  problem: string | null;
}

interface AnnotationsState {
  entries: Readonly<Record<string, Entry>>;
  /** Whether the server was reached last. */
  isOnline: boolean;
  /** Whether all that waits would survive the page. */
  isDurable: boolean;
  /** Those that are selected in an image. */
  selected: readonly string[];
  /** Why the annotations of a study could not be read. */
  failure: string | null;
}

/** The annotations of the studies that are open. */
export const useAnnotations = create<AnnotationsState>(() => ({
  entries: {},
  isOnline: true,
  isDurable: true,
  selected: [],
  failure: null,
}));

export function entryOf(id: string): Entry | undefined {
  return useAnnotations.getState().entries[id];
}

/** Changes an entry; with a content it is made where there is none. */
export function setEntry(id: string, change: Partial<Entry>): void {
  useAnnotations.setState(({ entries }) => {
    const before = entries[id] ?? (change.content === undefined ? undefined : fresh(change.content));
    return before === undefined ? {} : { entries: { ...entries, [id]: { ...before, ...change } } };
  });
}

export function removeEntry(id: string): void {
  useAnnotations.setState(({ entries }) => ({
    entries: Object.fromEntries(Object.entries(entries).filter(([one]) => one !== id)),
  }));
}

function fresh(content: AnnotationContent): Entry {
  const none = { stored: null, theirs: null, problem: null };
  return { content, base: 0, state: 'waiting', isDeleted: false, isHidden: false, ...none };
}

/** What the status of saving is over all annotations, the most urgent first. */
export type Status = 'conflict' | 'refused' | 'offline' | 'saving' | 'saved' | 'temporary' | 'none';

export function statusOf({ entries, isOnline }: Pick<AnnotationsState, 'entries' | 'isOnline'>): Status {
  const states = new Set(Object.values(entries).map(({ state }) => state));
  if (states.has('conflict')) return 'conflict';
  if (states.has('refused')) return 'refused';
  if (states.has('waiting') || states.has('saving')) return isOnline ? 'saving' : 'offline';
  if (states.has('temporary')) return 'temporary';
  return states.size === 0 ? 'none' : 'saved';
}

/** How many changes the server does not have yet. */
export function countWaiting({ entries }: Pick<AnnotationsState, 'entries'>): number {
  return Object.values(entries).filter(({ state }) => state === 'waiting' || state === 'saving').length;
}

/** Those that are there to be seen in lists and images. */
export function liveEntries({ entries }: Pick<AnnotationsState, 'entries'>): readonly Entry[] {
  return Object.values(entries).filter(({ isDeleted }) => !isDeleted);
}
