import { useCallback, useSyncExternalStore } from 'react';
import { addressOf, filtersOf, type Filters } from './filters';

const changed = 'noctis:address';

function subscribe(listen: () => void): () => void {
  addEventListener('popstate', listen);
  addEventListener(changed, listen);
  return () => {
    removeEventListener('popstate', listen);
    removeEventListener(changed, listen);
  };
}

let lastSearch: string | undefined;
let lastFilters: Filters;

function current(): Filters {
  if (lastSearch !== location.search) {
    lastSearch = location.search;
    lastFilters = filtersOf(location.search);
  }
  return lastFilters;
}

/** Changes the filters; but for a change of page, the list begins at its start again. */
export type ChangeFilters = (change: Partial<Filters>, how?: 'push' | 'replace') => void;

/** The filters that the page's address holds: reload, back and a shared link show the same list. */
export function useFilters(): [Filters, ChangeFilters] {
  const filters = useSyncExternalStore(subscribe, current);
  const change = useCallback<ChangeFilters>((wanted, how = 'push') => {
    const address = location.pathname + addressOf({ ...current(), page: 1, ...wanted });
    if (address === location.pathname + location.search) return;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
    dispatchEvent(new Event(changed));
  }, []);
  return [filters, change];
}
