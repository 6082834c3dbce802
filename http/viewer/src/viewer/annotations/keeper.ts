import { onEvent, type AnnotationEvent } from '@/api/events';
import { Problem } from '@/api/problem';
import { may, type User } from '@/api/session';
import { copyAsNew, isSameContent, type AnnotationContent, type StoredAnnotation } from './model';
import { createPendingChanges, type Change } from './pending';
import * as requests from './requests';
import { createSaver, type Saver, type SaverListener } from './saver';
import { entryOf, removeEntry, setEntry, useAnnotations, type Entry } from './store';

/** What shows annotations in the images. */
export interface Canvas {
  draw: (entry: Entry) => void;
  erase: (id: string) => void;
}

interface Keeper {
  user: User;
  saver: Saver;
  canvas: Canvas;
  studies: readonly string[];
}

let keeper: Keeper | null = null;

/** Whether the annotation belongs to somebody else, and so may only be looked at. */
export function isForeign({ stored }: Pick<Entry, 'stored'>): boolean {
  return stored !== null && keeper !== null && stored.author.id !== keeper.user.id;
}

function show(id: string): void {
  const entry = entryOf(id);
  if (entry !== undefined) keeper?.canvas.draw(entry);
}

function submit({ content, isDeleted, base }: Change): void {
  if (keeper === null) return;
  if (!may('annotation.write')) {
    if (isDeleted) removeEntry(content.id);
    else setEntry(content.id, { content, state: 'temporary' });
    return;
  }
  setEntry(content.id, { content, isDeleted, state: 'waiting', problem: null });
  const isDurable = keeper.saver.change({ content, isDeleted, base });
  useAnnotations.setState({ isDurable });
}

/** Takes an annotation as it is now and sees to it that it is saved. */
export function changeAnnotation(content: AnnotationContent): void {
  const before = entryOf(content.id);
  if (before !== undefined && (isForeign(before) || before.state === 'conflict')) return;
  if (before !== undefined && !before.isDeleted && isSameContent(before.content, content)) return;
  submit({ content, isDeleted: false, base: before?.base ?? 0 });
}

/** Deletes an annotation of the user's own. */
export function removeAnnotation(id: string): void {
  const entry = entryOf(id);
  if (entry === undefined || entry.isDeleted || isForeign(entry)) return;
  keeper?.canvas.erase(id);
  submit({ content: entry.content, isDeleted: true, base: entry.base });
}

/** Changes an annotation from outside of the images, which show it at once. */
export function editAnnotation(id: string, change: Partial<AnnotationContent>): void {
  const entry = entryOf(id);
  if (entry === undefined) return;
  changeAnnotation({ ...entry.content, ...change });
  show(id);
}

/** Takes what the server has, unless it stands against changes made here. */
function adopt(stored: StoredAnnotation): void {
  const { id } = stored;
  const entry = entryOf(id);
  if (entry !== undefined && stored.version <= entry.base) return;
  const isChangedHere = entry !== undefined && (entry.state === 'waiting' || entry.state === 'conflict');
  if (entry !== undefined && isChangedHere && !isSameContent(entry.content, stored)) {
    setEntry(id, { state: 'conflict', theirs: stored });
    return;
  }
  if (isChangedHere) keeper?.saver.drop(id);
  accept(stored);
}

function accept(stored: StoredAnnotation): void {
  const { id } = stored;
  const known = { content: stored, stored, base: stored.version, isDeleted: stored.deleted } as const;
  setEntry(id, { ...known, state: 'saved', theirs: null, problem: null });
  if (stored.deleted) keeper?.canvas.erase(id);
  else show(id);
}

/** Decides a conflict: what was drawn here becomes an annotation of its own, or gives way. */
export function resolveConflict(id: string, keep: 'mine' | 'theirs'): void {
  const entry = entryOf(id);
  if (entry?.theirs == null) return;
  const { content, theirs, isDeleted } = entry;
  keeper?.saver.drop(id);
  accept(theirs);
  if (keep === 'theirs') return;
  if (isDeleted) {
    removeAnnotation(id);
    return;
  }
  const copy = copyAsNew(content);
  submit({ content: copy, isDeleted: false, base: 0 });
  show(copy.id);
}

/** Tries a refused annotation once more. */
export function retryAnnotation(id: string): void {
  const entry = entryOf(id);
  if (entry?.state === 'refused') submit(entry);
}

const listener: SaverListener = {
  saving: (id) => setEntry(id, { state: 'saving' }),
  saved: (stored, isCurrent) => {
    const change = { stored, base: stored.version } as const;
    setEntry(stored.id, isCurrent ? { ...change, content: stored, state: 'saved', isDeleted: false } : change);
  },
  removed: (id, version) => {
    if (version === 0) removeEntry(id);
    else setEntry(id, { base: version, state: 'saved', isDeleted: true });
  },
  conflict: (id, current) => {
    const entry = entryOf(id);
    if (entry !== undefined && isSameContent(entry.content, current) && entry.isDeleted === current.deleted) {
      keeper?.saver.drop(id);
      accept(current);
    } else setEntry(id, { state: 'conflict', theirs: current });
  },
  refused: (id, problem) => setEntry(id, { state: 'refused', problem: problem.message }),
  online: (isOnline) => useAnnotations.setState({ isOnline }),
};

async function load(studyUid: string): Promise<void> {
  try {
    const list = await requests.listAnnotations(studyUid);
    const there = new Set(list.map(({ id }) => id));
    for (const entry of Object.values(useAnnotations.getState().entries)) {
      const { id, study_instance_uid } = entry.content;
      const isGone = study_instance_uid === studyUid && entry.state === 'saved' && !there.has(id);
      if (isGone && !entry.isDeleted) forget(id);
    }
    list.forEach(adopt);
    useAnnotations.setState({ failure: null });
  } catch (error) {
    useAnnotations.setState({ failure: error instanceof Error ? error.message : String(error) });
    if (error instanceof Problem && error.mayPass) setTimeout(() => void reloadAnnotations(), 10_000);
  }
}

function forget(id: string): void {
  keeper?.canvas.erase(id);
  removeEntry(id);
}

/** Reads all annotations of the open studies anew. */
export async function reloadAnnotations(): Promise<void> {
  await Promise.all((keeper?.studies ?? []).map(load));
}

async function follow({ annotation, study_instance_uid, version }: AnnotationEvent): Promise<void> {
  if (keeper?.studies.includes(study_instance_uid) !== true) return;
  if (version <= (entryOf(annotation)?.base ?? 0) || entryOf(annotation)?.state === 'saving') return;
  try {
    const newest = (await requests.listVersions(annotation)).at(-1);
    if (newest !== undefined) adopt(newest);
  } catch {
    await load(study_instance_uid);
  }
}

function recover(keptFor: readonly string[], pending: { of: (studies: readonly string[]) => readonly Change[] }): void {
  for (const change of pending.of(keptFor)) {
    const { id } = change.content;
    setEntry(id, { content: change.content, base: change.base });
    submit(change);
    if (!change.isDeleted) show(id);
  }
}

/**
 * Keeps the annotations of these studies: reads them, follows what others do, and saves what the user does. The returned
 * function ends it.
 */
export function keepAnnotations(studies: readonly string[], user: User, canvas: Canvas): () => void {
  const pending = createPendingChanges(localStorage, user.id);
  const server = { put: requests.putAnnotation, remove: requests.deleteAnnotation };
  const saver = createSaver({ server, pending, listener });
  keeper = { user, saver, canvas, studies };
  recover(studies, pending);
  void reloadAnnotations();
  const flush = () => saver.flush();
  const guard = (event: BeforeUnloadEvent) => {
    if (saver.hasPending() && !useAnnotations.getState().isDurable) event.preventDefault();
  };
  window.addEventListener('online', flush);
  window.addEventListener('beforeunload', guard);
  const stops = [
    onEvent('annotation.saved', (event) => void follow(event)),
    onEvent('annotation.deleted', (event) => void follow(event)),
    onEvent('resync', () => void reloadAnnotations()),
  ];
  return () => {
    window.removeEventListener('online', flush);
    window.removeEventListener('beforeunload', guard);
    for (const stop of stops) stop();
    saver.stop();
    Object.keys(useAnnotations.getState().entries).forEach(canvas.erase);
    useAnnotations.setState({ entries: {}, selected: [], failure: null });
    keeper = null;
  };
}
