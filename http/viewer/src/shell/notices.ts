import { create } from 'zustand';
import { Problem } from '@/api/problem';

export interface Notice {
  id: number;
  kind: 'info' | 'success' | 'error' | 'alert';
  text: string;
  /** What the user can do about it. */
  action?: { label: string; run: () => void };
}

const lifetime = { info: 6_000, success: 4_000, error: 15_000, alert: 30_000 };
let next = 1;

export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

export function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Says something without being in the way. */
export function notify(notice: Omit<Notice, 'id'>): void {
  const id = next++;
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-3), { ...notice, id }] }));
  setTimeout(() => dismiss(id), lifetime[notice.kind]);
}

/** Says that something failed: `what` was tried, `error` tells why. */
export function notifyFailure(what: string, error: unknown, again?: Notice['action']): void {
  const why = error instanceof Error ? error.message : String(error);
  const retry = error instanceof Problem && !error.mayPass ? undefined : again;
  notify({ kind: 'error', text: `${what} ${why}`, ...(retry && { action: retry }) });
}
