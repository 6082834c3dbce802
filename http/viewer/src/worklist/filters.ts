import type { components } from '@/api/schema';

/** A row of the list; `alert` and its reason where the machine's analysis raised one. */
export type Study = components['schemas']['study'] & {
  alert?: 'open' | 'escalated' | 'acknowledged' | null;
  alert_reason?: string | null;
};
export type Status = Study['status'];
export type Priority = Study['priority'];

export const statuses = [
  'scheduled',
  'in_progress',
  'completed',
  'reported',
  'approved',
  'suspended',
  'cancelled',
] as const satisfies readonly Status[];
export const priorities = ['stat', 'urgent', 'routine', 'elective'] as const satisfies readonly Priority[];
export const modalities = 'CT MR CR DX MG US XA RF NM PT OT SC ES ECG SR SEG RTSTRUCT RTPLAN RTDOSE DOC'.split(' ');
export const datePresets = ['today', '3d', 'week', 'month'] as const;
export const pageSizes = [25, 50, 100, 200] as const;

const orderings = [
  'study_date',
  '-study_date',
  'patient_name',
  '-patient_name',
  'upload_date',
  '-upload_date',
  'priority',
  '-priority',
  'modality',
  '-modality',
] as const;

export type DatePreset = (typeof datePresets)[number];
export type Ordering = (typeof orderings)[number];

/** Days of studies: `from` and `to` are `YYYY-MM-DD`, empty where that side is open. */
export type Dates = DatePreset | { from: string; to: string } | null;

/** What the list shows and in which order. */
export interface Filters {
  search: string;
  modality: readonly string[];
  dates: Dates;
  status: readonly Status[];
  priority: readonly Priority[];
  /** id of the facility */
  facility: number | null;
  /** Only what is assigned to the user. */
  mine: boolean;
  ordering: Ordering;
  page: number;
  pageSize: number;
}

export const noFilters: Filters = {
  search: '',
  modality: [],
  dates: null,
  status: [],
  priority: [],
  facility: null,
  mine: false,
  ordering: '-study_date',
  page: 1,
  pageSize: 50,
};

const day = /^\d{4}-\d{2}-\d{2}$/;

function oneOf<T extends string>(known: readonly T[], text: string | null): T | null {
  return known.find((one) => one === text) ?? null;
}

function allOf<T extends string>(known: readonly T[], texts: readonly string[]): T[] {
  return known.filter((one) => texts.includes(one));
}

function datesOf(text: string | null): Dates {
  const preset = oneOf(datePresets, text);
  if (text === null || preset !== null) return preset;
  const [from = '', to = ''] = text.split('..').map((part) => (day.test(part) ? part : ''));
  return from === '' && to === '' ? null : { from, to };
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** Reads filters from the query of an address; what makes no sense there is as if it were left out. */
export function filtersOf(query: string): Filters {
  const parameters = new URLSearchParams(query);
  const pageSize = positive(parameters.get('page_size'));
  return {
    search: (parameters.get('search') ?? '').slice(0, 256),
    modality: parameters.getAll('modality').filter((one) => /^[A-Z0-9_]{1,16}$/.test(one)),
    dates: datesOf(parameters.get('date')),
    status: allOf(statuses, parameters.getAll('status')),
    priority: allOf(priorities, parameters.getAll('priority')),
    facility: positive(parameters.get('facility')),
    mine: parameters.get('mine') === '1',
    ordering: oneOf(orderings, parameters.get('ordering')) ?? noFilters.ordering,
    page: Math.min(positive(parameters.get('page')) ?? 1, 1_000_000),
    pageSize: pageSizes.find((size) => size === pageSize) ?? noFilters.pageSize,
  };
}

/** Returns the query of the address that shows these filters; empty for none. */
export function addressOf(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.search !== '') query.set('search', filters.search);
  for (const one of filters.modality) query.append('modality', one);
  if (typeof filters.dates === 'string') query.set('date', filters.dates);
  else if (filters.dates !== null) query.set('date', `${filters.dates.from}..${filters.dates.to}`);
  for (const one of filters.status) query.append('status', one);
  for (const one of filters.priority) query.append('priority', one);
  if (filters.facility !== null) query.set('facility', String(filters.facility));
  if (filters.mine) query.set('mine', '1');
  if (filters.ordering !== noFilters.ordering) query.set('ordering', filters.ordering);
  if (filters.page !== 1) query.set('page', String(filters.page));
  if (filters.pageSize !== noFilters.pageSize) query.set('page_size', String(filters.pageSize));
  return query.size === 0 ? '' : `?${query}`;
}

function isoDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const daysBack = { today: 0, '3d': 2, week: 6, month: 30 } as const;

/** Returns the first and last day of a choice of dates; those of presets end today. */
export function daysOf(dates: Dates, today: Date): { from: string; to: string } {
  if (dates === null) return { from: '', to: '' };
  if (typeof dates !== 'string') return dates;
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysBack[dates]);
  return { from: isoDay(first), to: isoDay(today) };
}

/** Returns the filters as `/api/studies/` takes them. */
export function queryOf(filters: Filters, today: Date) {
  const { from, to } = daysOf(filters.dates, today);
  return {
    ...(filters.search.trim() !== '' && { search: filters.search.trim() }),
    ...(filters.modality.length > 0 && { modality: [...filters.modality] }),
    ...(from !== '' && { date_from: from }),
    ...(to !== '' && { date_to: to }),
    ...(filters.status.length > 0 && { status: [...filters.status] }),
    ...(filters.priority.length > 0 && { priority: [...filters.priority] }),
    ...(filters.facility !== null && { facility: filters.facility }),
    ...(filters.mine && { assigned_to: ['me'] }),
    ordering: filters.ordering,
    page: filters.page,
    page_size: filters.pageSize,
  };
}

export type StudyQuery = ReturnType<typeof queryOf>;

/** Whether anything but order and page is chosen. */
export function isFiltered(filters: Filters): boolean {
  const { ordering, page, pageSize } = filters;
  return addressOf({ ...filters, ordering, page, pageSize }) !== addressOf({ ...noFilters, ordering, page, pageSize });
}
