import { isRecord } from '@/api/isRecord';
import type { ReportContent } from '../types';

/** A draft that the server may not have. */
export interface KeptDraft {
  /** The revision on which it is based. */
  revision: number;
  /** When it was written (ms since the epoch). */
  at: number;
  content: ReportContent;
}

function isKeptDraft(value: unknown): value is KeptDraft {
  if (!isRecord(value) || typeof value['revision'] !== 'number' || typeof value['at'] !== 'number') return false;
  const { content } = value;
  return isRecord(content) && ['sections', 'values', 'images'].every((list) => Array.isArray(content[list]));
}

/**
 * Keeps a user's draft on this device until the server has it: it survives a reload, a log-out, and a crash. Others who
 * use the device neither see nor send it.
 */
export function keptDraft(storage: Storage, user: number, report: number) {
  const key = `noctis.report.${user}.${report}`;
  return {
    /** Returns whether the text will survive the page. */
    keep: (revision: number, content: ReportContent): boolean => {
      try {
        storage.setItem(key, JSON.stringify({ revision, at: Date.now(), content }));
        return true;
      } catch {
        return false;
      }
    },
    forget: () => storage.removeItem(key),
    read: (): KeptDraft | undefined => {
      try {
        const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
        return isKeptDraft(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
