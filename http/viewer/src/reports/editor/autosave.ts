import { Problem } from '@/api/problem';
import type { Report, ReportContent } from '../types';

/**
 * saved: the server has it; waiting, saving: it soon will; offline: it cannot be reached, and this browser keeps the text;
 * conflict: somebody (the same user elsewhere) has changed it; refused: the server does not take it.
 */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface AutosaveListener {
  state: (state: SaveState, problem?: Problem) => void;
  /** The server has what was sent; more may have been written meanwhile. */
  saved: (report: Report) => void;
}

interface Options {
  put: (revision: number, content: ReportContent) => Promise<Report>;
  /** Where the text is until the server has it. */
  kept: { keep: (revision: number, content: ReportContent) => boolean; forget: () => void };
  listener: AutosaveListener;
  /** Of the report as the server has it. */
  revision: number;
  /** ms without a change before saving */
  pause?: number;
  /** ms after which it is saved even though changes go on */
  longest?: number;
  /** ms until the first further try; doubled up to 32 times that */
  retry?: number;
}

export interface Autosave {
  /** Takes the content as it is now. Returns whether it survives the page until the server has it. */
  change: (content: ReportContent) => boolean;
  /** Saves now what waits; resolves to whether the server has it all. */
  flush: () => Promise<boolean>;
  /** Goes on from another revision: with what waits on top of it, or without. */
  goOn: (revision: number, what: 'keep' | 'drop') => void;
  /** What the server has not got. */
  waiting: () => ReportContent | null;
  revision: () => number;
  stop: () => void;
}

/** Makes what saves a draft: after a pause in writing, at least each few seconds, one request at a time. */
export function createAutosave(options: Options): Autosave {
  const { put, kept, listener, pause = 1000, longest = 5000, retry = 1000 } = options;
  let revision = options.revision;
  let content: ReportContent | null = null;
  let since: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<boolean> | null = null;
  let failures = 0;
  let isHalted = false;

  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), delay);
  }

  function delivered(sent: ReportContent, report: Report): boolean {
    revision = report.revision;
    failures = 0;
    const isAll = content === sent;
    if (isAll) {
      content = null;
      kept.forget();
    } else if (content !== null) {
      kept.keep(revision, content);
      schedule(pause);
    }
    listener.saved(report);
    listener.state(content === null ? 'saved' : 'waiting');
    return isAll;
  }

  function failed(error: unknown): boolean {
    const problem = error instanceof Problem ? error : new Problem(0, String(error));
    // After 401 the login page is on its way; the text waits in this browser.
    if (problem.status === 401) return false;
    if (problem.mayPass) {
      schedule(retry * 2 ** Math.min(failures++, 5));
      listener.state('offline', problem);
    } else {
      isHalted = true;
      listener.state(problem.status === 409 ? 'conflict' : 'refused', problem);
    }
    return false;
  }

  async function deliver(sent: ReportContent): Promise<boolean> {
    try {
      return delivered(sent, await put(revision, sent));
    } catch (error) {
      return failed(error);
    } finally {
      underWay = null;
    }
  }

  function send(): Promise<boolean> {
    clearTimeout(timer);
    if (underWay !== null) return underWay;
    if (content === null || isHalted) return Promise.resolve(content === null);
    since = null;
    if (failures === 0) listener.state('saving');
    underWay = deliver(content);
    return underWay;
  }

  return {
    change: (changed) => {
      content = changed;
      since ??= Date.now();
      const isDurable = kept.keep(revision, changed);
      if (isHalted) return isDurable;
      if (failures === 0 && underWay === null) listener.state('waiting');
      if (failures === 0) schedule(Math.max(0, Math.min(pause, since + longest - Date.now())));
      return isDurable;
    },
    flush: async () => {
      // What is written while a request is under way goes with another one.
      for (let turn = 0; turn < 3 && content !== null; ++turn) {
        const before = content;
        await send();
        if (isHalted || (content === before && failures > 0)) return false;
      }
      return content === null;
    },
    goOn: (from, what) => {
      revision = from;
      isHalted = false;
      failures = 0;
      if (what === 'drop') {
        clearTimeout(timer);
        content = null;
        kept.forget();
      }
      listener.state(content === null ? 'saved' : 'waiting');
      if (content === null) return;
      kept.keep(revision, content);
      schedule(0);
    },
    waiting: () => content,
    revision: () => revision,
    stop: () => clearTimeout(timer),
  };
}
