import { locale } from './i18n';

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  cache.set(key, known);
  return known as Intl.DateTimeFormat;
}

function numbers(options: Intl.NumberFormatOptions, language = locale()): Intl.NumberFormat {
  const key = `n${language}${JSON.stringify(options)}`;
  const known = cache.get(key) ?? new Intl.NumberFormat(language, options);
  cache.set(key, known);
  return known as Intl.NumberFormat;
}

/** Returns a DICOM date (`YYYY-MM-DD`) with the month as a word, so that nobody mistakes it for the day. */
export function formatDate(date: string | null): string {
  const time = date === null ? NaN : Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) return date ?? '';
  return dates({ year: 'numeric', month: 'short', day: '2-digit', timeZone: 'UTC' }).format(time);
}

/** Returns hours and minutes of a DICOM time (`HH:MM:SS`), which has no time zone. */
export function formatTime(time: string | null): string {
  const at = time === null ? NaN : Date.parse(`1970-01-01T${time}Z`);
  if (Number.isNaN(at)) return time ?? '';
  return dates({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(at);
}

/** Returns a moment (ISO 8601) in the user's own time zone. */
export function formatMoment(moment: string | null): string {
  const at = moment === null ? NaN : Date.parse(moment);
  if (Number.isNaN(at)) return moment ?? '';
  return dates({ dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** Returns a number with at most so many decimals, as they are written in `language` (BCP 47). */
export function formatNumber(value: number, digits = 0, language = locale()): string {
  return numbers({ maximumFractionDigits: digits }, language).format(value);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Returns a size in the decimal unit that fits. */
export function formatBytes(bytes: number): string {
  const step = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const unit = byteUnits[step] ?? 'byte';
  return numbers({ style: 'unit', unit, maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(value);
}

/** Returns a part of one as percent. */
export function formatShare(share: number): string {
  return numbers({ style: 'percent' }).format(share);
}

/** Returns seconds as the two largest units of days, hours, minutes and seconds. */
export function formatDuration(seconds: number): string {
  const parts = [
    { unit: 'day', value: Math.floor(seconds / 86_400) },
    { unit: 'hour', value: Math.floor(seconds / 3600) % 24 },
    { unit: 'minute', value: Math.floor(seconds / 60) % 60 },
    { unit: 'second', value: Math.floor(seconds) % 60 },
  ];
  const first = Math.max(
    0,
    parts.findIndex(({ value }) => value > 0),
  );
  return (seconds < 1 ? parts.slice(-1) : parts.slice(first, first + 2))
    .map(({ unit, value }) => numbers({ style: 'unit', unit, unitDisplay: 'narrow' }).format(value))
    .join(' ');
}

/** How old somebody is at a date: days, months or years, as is the use with children. */
export function ageAt(
  birth: string | null,
  date: string | null,
): { unit: 'day' | 'month' | 'year'; value: number } | null {
  const [from, to] = [Date.parse(`${birth}T00:00:00Z`), Date.parse(`${date}T00:00:00Z`)];
  if (Number.isNaN(from) || Number.isNaN(to) || to < from) return null;
  const [born, then] = [new Date(from), new Date(to)];
  const whole = then.getUTCDate() < born.getUTCDate() ? 1 : 0;
  const months = (then.getUTCFullYear() - born.getUTCFullYear()) * 12 + then.getUTCMonth() - born.getUTCMonth() - whole;
  if (months >= 24) return { unit: 'year', value: Math.floor(months / 12) };
  if (months >= 1) return { unit: 'month', value: months };
  return { unit: 'day', value: Math.floor((to - from) / 86_400_000) };
}

/** Returns the age at a date in the shortest words; empty where it cannot be told. */
export function formatAge(birth: string | null, date: string | null): string {
  const age = ageAt(birth, date);
  return age === null ? '' : numbers({ style: 'unit', unit: age.unit, unitDisplay: 'short' }).format(age.value);
}
