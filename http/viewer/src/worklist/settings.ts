import { usePreference } from '@/api/preferences';
import { columnIds, defaultColumns, type ColumnId } from './columnIds';

/** Filters under a name of the user's own. */
export interface SavedFilter {
  name: string;
  /** The query of the address that shows them. */
  address: string;
}

/** How the user likes the worklist. */
export interface WorklistSettings {
  columns: readonly ColumnId[];
  saved: readonly SavedFilter[];
  /** Name of the saved filter that the worklist opens with. */
  opensWith: string | null;
  details: boolean;
}

function isSavedFilter(value: unknown): value is SavedFilter {
  const { name, address } = (value ?? {}) as Partial<Record<keyof SavedFilter, unknown>>;
  return typeof name === 'string' && typeof address === 'string';
}

/** Reads settings from what is stored; what is missing or strange there is as nobody chose it. */
export function readSettings(stored: unknown): WorklistSettings {
  const known = (stored ?? {}) as Partial<Record<keyof WorklistSettings, unknown>>;
  const columns = Array.isArray(known.columns)
    ? known.columns.filter((id): id is ColumnId => columnIds.some((column) => column === id))
    : [];
  return {
    columns: columns.length > 0 ? columns : defaultColumns,
    saved: Array.isArray(known.saved) ? known.saved.filter(isSavedFilter) : [],
    opensWith: typeof known.opensWith === 'string' ? known.opensWith : null,
    details: known.details !== false,
  };
}

export function useWorklistSettings() {
  return usePreference('worklist', readSettings);
}
