import { reportStatuses, type ReportStatus } from '../types';

/** What the list of reports shows. */
export interface ReportFilters {
  search: string;
  status: ReportStatus | '';
  /** Only what the user wrote. */
  mine: boolean;
  page: number;
}

/** Reads filters from the query of an address; what makes no sense there is as if it were left out. */
export function filtersOf(query: string): ReportFilters {
  const parameters = new URLSearchParams(query);
  const page = Number(parameters.get('page'));
  return {
    search: (parameters.get('search') ?? '').slice(0, 256),
    status: reportStatuses.find((one) => one === parameters.get('status')) ?? '',
    mine: parameters.get('mine') === '1',
    page: Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1,
  };
}

/** Returns the query of the address that shows these filters; empty for none. */
export function addressOf({ search, status, mine, page }: ReportFilters): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('search', search);
  if (status !== '') query.set('status', status);
  if (mine) query.set('mine', '1');
  if (page !== 1) query.set('page', String(page));
  return query.size === 0 ? '' : `?${query}`;
}
