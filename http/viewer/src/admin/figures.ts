import { formatDuration, formatNumber } from '@/shell/format';

/** Stands where there is nothing to tell. */
export const nothing = '–';

/** Returns how often readers agree with an analyser: of those findings that they judged the share they accepted. */
export function agreement({ accepted, rejected }: { accepted: number; rejected: number }): number | null {
  const judged = accepted + rejected;
  return judged === 0 ? null : accepted / judged;
}

/** Seconds below which tenths count. */
const short = 60;

export function secondsText(seconds: number | null): string {
  if (seconds === null) return nothing;
  return seconds < short ? `${formatNumber(seconds, 1)} s` : formatDuration(seconds);
}

export function minutesText(minutes: number | null): string {
  return minutes === null ? nothing : formatDuration(minutes * 60);
}
