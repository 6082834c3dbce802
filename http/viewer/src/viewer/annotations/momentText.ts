import { locale } from '@/shell/i18n';

/** Writes a moment (ISO 8601) for people: the time alone where it is today. */
export function momentText(moment: string, now = new Date()): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  const isToday = date.toDateString() === now.toDateString();
  const style = isToday ? ({ timeStyle: 'short' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  return new Intl.DateTimeFormat(locale(), style).format(date);
}
