import { Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components';
import { may, useSession } from '@/api/session';
import { Button } from '@/ui/Button';
import buttons from '@/ui/Button.module.css';
import { ChoiceMenu } from '@/ui/ChoiceMenu';
import { SearchField, Select } from '@/ui/Field';
import type { ChangeFilters } from './address';
import { DateFilter } from './DateFilter';
import { isFiltered, modalities, noFilters, priorities, statuses, type Filters } from './filters';
import styles from './FilterBar.module.css';

const typingPause = 200;

interface FilterBarProps {
  filters: Filters;
  change: ChangeFilters;
}

/** What the list is searched for and filtered by; `children` stand at the end. */
export function FilterBar({ filters, change, children }: FilterBarProps & { children: ReactNode }) {
  const { t } = useTranslation('worklist');
  const named = <T extends string>(area: string, ids: readonly T[]) =>
    ids.map((id) => ({ id, name: t(`${area}.${id}`) }));
  return (
    <search className={styles['bar']}>
      <SearchBox filters={filters} change={change} />
      <div className={styles['filters']}>
        <DateFilter dates={filters.dates} onChange={(dates) => change({ dates })} />
        <ChoiceMenu
          label={t('columns.modality')}
          options={[...new Set([...modalities, ...filters.modality])].map((id) => ({ id, name: id }))}
          selected={filters.modality}
          onChange={(modality) => change({ modality })}
        />
        <ChoiceMenu
          label={t('columns.status')}
          options={named('status', statuses)}
          selected={filters.status}
          onChange={(status) => change({ status })}
        />
        <ChoiceMenu
          label={t('columns.priority')}
          options={named('priority', priorities)}
          selected={filters.priority}
          onChange={(priority) => change({ priority })}
        />
        <FacilityFilter facility={filters.facility} onChange={(facility) => change({ facility })} />
        <Mine isOn={filters.mine} onChange={(mine) => change({ mine })} />
        {isFiltered(filters) && (
          <Button onPress={() => change({ ...noFilters, ordering: filters.ordering, pageSize: filters.pageSize })}>
            {t('clear')}
          </Button>
        )}
        {children}
      </div>
    </search>
  );
}

function SearchBox({ filters, change }: FilterBarProps) {
  const { t } = useTranslation('worklist');
  const [text, setText] = useState(filters.search);
  const [shown, setShown] = useState(filters.search);
  if (shown !== filters.search) {
    setShown(filters.search);
    if (text.trim() !== filters.search) setText(filters.search);
  }
  useEffect(() => {
    const timer = setTimeout(() => change({ search: text.trim() }, 'replace'), typingPause);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `change` is stable, and only typing may start the pause
  }, [text]);
  return (
    <div className={styles['search']} data-worklist-search>
      <Search aria-hidden />
      <SearchField label={t('search.label')} placeholder={t('search.hint')} value={text} onChange={setText} />
    </div>
  );
}

/** Shows what is assigned to the user alone, of the page that is shown. */
function Mine({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation('worklist');
  if (!may('report.write')) return null;
  return (
    <ToggleButton
      className={buttons['button'] ?? ''}
      data-chosen={isOn || undefined}
      isSelected={isOn}
      onChange={onChange}
    >
      {t('assigned.mine')}
    </ToggleButton>
  );
}

function FacilityFilter({ facility, onChange }: { facility: number | null; onChange: (id: number | null) => void }) {
  const { t } = useTranslation('worklist');
  const facilities = useSession((state) => state.session?.user.facilities) ?? [];
  if (facilities.length < 2) return null;
  return (
    <Select
      label={t('columns.facility')}
      hideLabel
      options={[{ id: '', name: t('anyFacility') }, ...facilities.map(({ id, name }) => ({ id: String(id), name }))]}
      value={facility === null ? '' : String(facility)}
      onChange={(id) => onChange(id === '' ? null : Number(id))}
    />
  );
}
