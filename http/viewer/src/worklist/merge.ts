import type { Page } from '@/api/page';
import type { Study } from './filters';

/** Returns the page with this study's row in place of the one it has; the same page where it has none. */
export function withStudy(page: Page<Study>, study: Study): Page<Study> {
  if (!page.results.some(({ id }) => id === study.id)) return page;
  return { ...page, results: page.results.map((row) => (row.id === study.id ? study : row)) };
}

/** Returns the page with what `changes` says of one of its studies. */
export function withChange(page: Page<Study>, id: number, changes: Partial<Study>): Page<Study> {
  const row = page.results.find((study) => study.id === id);
  return row === undefined ? page : withStudy(page, { ...row, ...changes });
}

/** Returns the studies of `fresh` that `shown` has not. */
export function arrivals(shown: Page<Study>, fresh: Page<Study>): Study[] {
  const known = new Set(shown.results.map(({ id }) => id));
  return fresh.results.filter(({ id }) => !known.has(id));
}

/** Returns `shown` with its rows as `fresh` has them, without a row coming, going or moving. */
export function refreshed(shown: Page<Study>, fresh: Page<Study>): Page<Study> {
  const rows = new Map(fresh.results.map((study) => [study.id, study]));
  return { ...shown, count: fresh.count, results: shown.results.map((row) => rows.get(row.id) ?? row) };
}
