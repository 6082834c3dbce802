import type { UploadItem, UploadState } from './queue';

export type Totals = Record<UploadState, number> & {
  files: number;
  /** Bytes of all files that were not taken back. */
  bytes: number;
  sent: number;
};

/** Returns how many files are in each state and how much of them is sent. */
export function totalsOf(items: readonly UploadItem[]): Totals {
  const totals: Totals = {
    waiting: 0,
    sending: 0,
    stored: 0,
    duplicate: 0,
    refused: 0,
    failed: 0,
    cancelled: 0,
    files: items.length,
    bytes: 0,
    sent: 0,
  };
  for (const { state, file, sent, entries } of items) {
    if (entries.length === 0) totals[state]++;
    for (const { status } of entries) totals[status]++;
    if (state === 'cancelled') continue;
    totals.bytes += file.size;
    totals.sent += sent;
  }
  return totals;
}

/** How much of all files is sent, 0 … 1. */
export function progressOf({ bytes, sent }: Totals): number {
  return bytes === 0 ? 0 : sent / bytes;
}
