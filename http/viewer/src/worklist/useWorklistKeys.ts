import { useMemo } from 'react';
import type { Page } from '@/api/page';
import { may } from '@/api/session';
import { chooseFiles } from '@/upload/choose';
import { openReport, openStudies } from './actions';
import type { ChangeFilters } from './address';
import { showDialog } from './dialogs';
import type { Filters, Study } from './filters';
import { useShortcuts, type Shortcut } from './shortcuts';

interface KeyContext {
  selected: readonly Study[];
  data: Page<Study> | undefined;
  filters: Filters;
  change: ChangeFilters;
  toggleDetails: () => void;
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-worklist-search] input')?.focus();
}

function focusList(): void {
  const list = document.querySelector('#content [role="grid"]');
  (list?.querySelector<HTMLElement>('[role="row"][tabindex="0"], tbody [role="row"]') ?? null)?.focus();
}

/** The keys of the worklist that do something now. */
export function useWorklistKeys({ selected, data, filters, change, toggleDetails }: KeyContext): readonly Shortcut[] {
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { key: '/', name: 'search', run: focusSearch },
      { key: 'l', name: 'list', run: focusList },
      ...(selected.length > 1 ? [{ key: 'c', name: 'compare', run: () => openStudies(selected) }] : []),
      ...(selected.length === 1 ? [{ key: 'r', name: 'report', run: () => openReport(selected) }] : []),
      ...(selected.length > 0 && may('study.export')
        ? [{ key: 's', name: 'send', run: () => showDialog('send') }]
        : []),
      ...(selected.length > 0 && may('study.delete')
        ? [{ key: 'Delete', name: 'delete', run: () => showDialog('delete') }]
        : []),
      { key: 'd', name: 'details', run: toggleDetails },
      { key: '[', name: 'previous', run: () => data?.previous != null && change({ page: filters.page - 1 }) },
      { key: ']', name: 'next', run: () => data?.next != null && change({ page: filters.page + 1 }) },
      ...(may('study.upload') ? [{ key: 'u', name: 'upload', run: () => chooseFiles('files') }] : []),
      { key: '?', name: 'help', run: () => showDialog('keys') },
    ],
    [selected, data, filters, change, toggleDetails],
  );
  useShortcuts(shortcuts);
  return shortcuts;
}
