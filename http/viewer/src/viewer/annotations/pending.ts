import type { AnnotationContent } from './model';

/** A change that the server has not acknowledged. */
export interface Change {
  content: AnnotationContent;
  isDeleted: boolean;
  /** The version that it is based on; 0 for a new annotation. */
  base: number;
}

/** Where changes wait until the server has them. */
export interface PendingChanges {
  /** Returns whether the change will survive the page. */
  keep: (change: Change) => boolean;
  forget: (id: string) => void;
  /** The changes that wait in these studies. */
  of: (studyUids: readonly string[]) => readonly Change[];
}

const prefix = 'noctis.annotation.';

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'content' in value && 'base' in value && 'isDeleted' in value;
}

function read(storage: Storage, key: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    return isChange(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a user's changes on this device, written at once: they survive a reload, a log-out, and a crash. Others who use
 * the device neither see nor send them.
 */
export function createPendingChanges(storage: Storage, userId: number): PendingChanges {
  const keyOf = (id: string) => `${prefix}${userId}.${id}`;
  return {
    keep: (change) => {
      try {
        storage.setItem(keyOf(change.content.id), JSON.stringify(change));
        return true;
      } catch {
        return false;
      }
    },
    forget: (id) => storage.removeItem(keyOf(id)),
    of: (studyUids) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key?.startsWith(keyOf('')) === true)
        .map((key) => read(storage, key ?? ''))
        .filter((change) => change !== undefined)
        .filter(({ content }) => studyUids.includes(content.study_instance_uid)),
  };
}
