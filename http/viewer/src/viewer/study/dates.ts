import { locale } from '@/shell/i18n';

/** Writes a DICOM date (YYYYMMDD, or YYYY.MM.DD as before 1993) as the user's locale does; what is no date is given back as it is. */
export function dateText(date: string): string {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date) ?? [];
  if (year === undefined) return date;
  const utc = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number.isNaN(utc.getTime())
    ? date
    : new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(utc);
}

/** Writes a DICOM time (HHMMSS.FFFFFF) to the minute. */
export function timeText(time: string): string {
  const [, hours, minutes] = /^(\d{2})(\d{2})/.exec(time) ?? [];
  if (hours === undefined) return '';
  const utc = new Date(Date.UTC(2000, 0, 1, Number(hours), Number(minutes)));
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: 'UTC' }).format(utc);
}
