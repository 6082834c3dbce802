import { Problem } from '@/api/problem';
import type { AnnotationContent, StoredAnnotation } from './model';
import type { Change, PendingChanges } from './pending';

export interface SaverServer {
  put: (content: AnnotationContent, base: number) => Promise<StoredAnnotation>;
  remove: (id: string, base: number) => Promise<void>;
}

/** What becomes of changes. */
export interface SaverListener {
  saving: (id: string) => void;
  /** The server has it; `isCurrent` unless it changed again in the meantime. */
  saved: (stored: StoredAnnotation, isCurrent: boolean) => void;
  removed: (id: string, version: number) => void;
  /** Somebody (the same user elsewhere) saved a newer version. */
  conflict: (id: string, current: StoredAnnotation) => void;
  /** The server does not take it, and will not later. */
  refused: (id: string, problem: Problem) => void;
  /** The server was reached again or not. */
  online: (isOnline: boolean) => void;
}

export interface Saver {
  /** Saves after a pause without further changes. Returns whether the change survives the page until then. */
  change: (change: Change) => boolean;
  /** Lets go of a change, as the user decided against it. */
  drop: (id: string) => void;
  /** Sends everything that waits, now. */
  flush: () => void;
  /** Whether something has not been acknowledged. */
  hasPending: () => boolean;
  stop: () => void;
}

interface Options {
  server: SaverServer;
  pending: PendingChanges;
  listener: SaverListener;
  /** ms without a change before saving */
  pause?: number;
  /** ms until the first further try; doubled up to 32 times that */
  retry?: number;
}

function currentOf(problem: Problem): StoredAnnotation | undefined {
  const { current } = problem.body;
  return typeof current === 'object' && current !== null ? (current as StoredAnnotation) : undefined;
}

/** Makes what saves changes of annotations one after another, each only once the server has the one before. */
export function createSaver({ server, pending, listener, pause = 1000, retry = 1000 }: Options): Saver {
  const changes = new Map<string, Change>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const underWay = new Set<string>();
  let failures = 0;

  function schedule(id: string, delay: number): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => void send(id), delay),
    );
  }

  function settle(id: string): void {
    clearTimeout(timers.get(id));
    changes.delete(id);
    pending.forget(id);
  }

  /** Bases what changed in the meantime on what the server has now; returns whether nothing did. */
  function advance(change: Change, version: number): boolean {
    const { id } = change.content;
    const newer = changes.get(id);
    if (newer === undefined || newer === change) {
      settle(id);
      return true;
    }
    const rebased = { ...newer, base: version };
    changes.set(id, rebased);
    pending.keep(rebased);
    schedule(id, pause);
    return false;
  }

  async function deliver(change: Change): Promise<void> {
    const { id } = change.content;
    if (!change.isDeleted) {
      const stored = await server.put(change.content, change.base);
      listener.saved(stored, advance(change, stored.version));
    } else {
      if (change.base > 0) await server.remove(id, change.base);
      advance(change, change.base + 1);
      listener.removed(id, change.base + 1);
    }
    failures = 0;
    listener.online(true);
  }

  function failed({ content: { id } }: Change, error: unknown): void {
    const problem = error instanceof Problem ? error : new Problem(0, String(error));
    // The login page is on its way; the change waits on the device.
    if (problem.status === 401) return;
    const current = currentOf(problem);
    if (problem.mayPass) {
      listener.online(false);
      schedule(id, retry * 2 ** Math.min(failures++, 5));
    } else if (problem.status === 409 && current !== undefined) {
      clearTimeout(timers.get(id));
      listener.conflict(id, current);
    } else {
      clearTimeout(timers.get(id));
      listener.refused(id, problem);
    }
  }

  async function send(id: string): Promise<void> {
    timers.delete(id);
    const change = changes.get(id);
    if (change === undefined || underWay.has(id)) return;
    underWay.add(id);
    listener.saving(id);
    try {
      await deliver(change);
    } catch (error) {
      failed(change, error);
    } finally {
      underWay.delete(id);
      const newer = changes.get(id);
      if (newer !== undefined && newer !== change && !timers.has(id)) schedule(id, pause);
    }
  }

  return {
    change: (change) => {
      const { id } = change.content;
      const isNothing = change.isDeleted && change.base === 0 && !underWay.has(id);
      if (isNothing) {
        settle(id);
        listener.removed(id, 0);
        return true;
      }
      changes.set(id, change);
      schedule(id, pause);
      return pending.keep(change);
    },
    drop: settle,
    flush: () => {
      failures = 0;
      for (const id of changes.keys()) schedule(id, 0);
    },
    hasPending: () => changes.size > 0,
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
