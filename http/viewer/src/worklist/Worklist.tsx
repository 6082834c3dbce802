import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Selection } from 'react-aria-components';
import { Button } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { Dialog } from '@/ui/Dialog';
import { useMedia } from '@/ui/useMedia';
import { openStudies } from './actions';
import { useFilters, type ChangeFilters } from './address';
import { Details } from './Details';
import { EmptyList } from './EmptyList';
import { FilterBar } from './FilterBar';
import { filtersOf, isFiltered, noFilters, type Filters, type Study } from './filters';
import { ListBar } from './ListBar';
import { useLiveStudies } from './live';
import { SavedFilters } from './SavedFilters';
import { useWorklistSettings, type WorklistSettings } from './settings';
import { useStudies } from './studies';
import { StudyCards } from './StudyCards';
import { StudyTable } from './StudyTable';
import { TaskTray } from './TaskTray';
import { useWorklistKeys } from './useWorklistKeys';
import { ShortcutSheet } from './ShortcutSheet';
import { markUsable } from './usable';
import styles from './Worklist.module.css';

const none: readonly Study[] = [];

/** Opens the list with the filter that the user chose for that, where the address asks for none. */
function useFirstFilter(settings: WorklistSettings, change: ChangeFilters): void {
  const bare = useRef(location.search === '');
  const first = settings.saved.find(({ name }) => name === settings.opensWith);
  useEffect(() => {
    if (first === undefined || !bare.current || location.search !== '') return;
    bare.current = false;
    change(filtersOf(first.address), 'replace');
  }, [first, change]);
}

function selectedOf(studies: readonly Study[], selection: Selection): readonly Study[] {
  return selection === 'all' ? studies : studies.filter(({ id }) => selection.has(id));
}

/** The studies of the archive: looked for, filtered, sorted, followed while they arrive, and opened. */
export function Worklist() {
  const { t } = useTranslation('worklist');
  const [filters, change] = useFilters();
  const [settings, setSettings] = useWorklistSettings();
  useFirstFilter(settings, change);
  const [selection, setSelection] = useState<Selection>(new Set());
  const [detailed, setDetailed] = useState<Study | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { data, error, isFetching, isPlaceholderData, query, refetch } = useStudies(filters);
  const waiting = useLiveStudies(query, list);
  useEffect(() => {
    if (data !== undefined) markUsable();
  }, [data]);
  const narrow = useMedia('(max-width: 760px)');
  const studies = data?.results ?? none;
  const selected = useMemo(() => selectedOf(studies, selection), [studies, selection]);
  const toggleDetails = () => setSettings({ ...settings, details: !settings.details });
  const shortcuts = useWorklistKeys({ selected, data, filters, change, toggleDetails });

  const clear = () => change({ ...noFilters, ordering: filters.ordering, pageSize: filters.pageSize });
  const open = (id: number) => openStudies(studies.filter((study) => study.id === id));
  const showArrived = () => {
    list.current?.scrollTo({ top: 0 });
    change({ page: 1, ordering: '-upload_date' });
    void refetch();
  };
  const empty = data === undefined ? null : <EmptyList isFiltered={isFiltered(filters)} onClear={clear} />;

  return (
    <div className={styles['worklist']}>
      <title>{`${t('title')} · Noctis`}</title>
      <h1 className="visually-hidden">{t('title')}</h1>
      <div className={styles['top']}>
        <FilterBar filters={filters} change={change}>
          <SavedFilters
            filters={filters}
            settings={settings}
            onSettings={setSettings}
            onFilters={(chosen: Filters) => change({ ...chosen, page: 1 })}
          />
        </FilterBar>
      </div>
      <ListBar
        selected={selected}
        page={data}
        filters={filters}
        change={change}
        settings={settings}
        onSettings={setSettings}
        narrow={narrow}
      />
      <div className={styles['body']} data-details={(settings.details && !narrow && selected.length > 0) || undefined}>
        <div className={styles['list']} ref={list} aria-busy={isFetching} data-stale={isPlaceholderData || undefined}>
          <div role="status" className={styles['arrived']}>
            {waiting > 0 && (
              <Button kind="primary" onPress={showArrived}>
                {t('arrived', { count: waiting })}
              </Button>
            )}
          </div>
          {error !== null && (
            <div role="alert" className={styles['failure']}>
              <p>{error.message}</p>
              <Button onPress={() => void refetch()}>{t('again')}</Button>
            </div>
          )}
          {data === undefined && error === null && <Busy label={t('loading')} />}
          {data !== undefined && narrow && (
            <StudyCards
              studies={studies}
              selected={selection}
              onSelect={setSelection}
              onOpen={open}
              onDetails={setDetailed}
              empty={empty}
            />
          )}
          {data !== undefined && !narrow && (
            <StudyTable
              studies={studies}
              shown={settings.columns}
              ordering={filters.ordering}
              onOrder={(ordering) => change({ ordering })}
              selected={selection}
              onSelect={setSelection}
              onOpen={open}
              empty={empty}
            />
          )}
        </div>
        {settings.details && !narrow && selected[0] !== undefined && (
          <aside className={styles['details']}>
            <Details key={selected[0].id} study={selected[0]} onClose={toggleDetails} />
          </aside>
        )}
      </div>
      <TaskTray />
      <ShortcutSheet shortcuts={shortcuts} />
      <Dialog title={t('details.label')} isOpen={detailed !== null} onClose={() => setDetailed(null)}>
        {detailed !== null && <Details study={studies.find(({ id }) => id === detailed.id) ?? detailed} />}
      </Dialog>
    </div>
  );
}
