import { Keyboard, PanelRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Page } from '@/api/page';
import { IconButton } from '@/ui/Button';
import { ActionBar } from './ActionBar';
import type { ChangeFilters } from './address';
import { ColumnChoice } from './ColumnChoice';
import { showDialog } from './dialogs';
import type { Filters, Study } from './filters';
import { Pager } from './Pager';
import type { WorklistSettings } from './settings';
import styles from './ListBar.module.css';

interface ListBarProps {
  selected: readonly Study[];
  page: Page<Study> | undefined;
  filters: Filters;
  change: ChangeFilters;
  settings: WorklistSettings;
  onSettings: (settings: WorklistSettings) => void;
  narrow: boolean;
}

/** What can be done with what is selected, where in the list the page is, and how it is shown. */
export function ListBar(props: ListBarProps) {
  const { t } = useTranslation('worklist');
  const { selected, page, filters, change, settings, onSettings, narrow } = props;
  return (
    <div className={styles['bar']}>
      <ActionBar selected={selected} />
      <div className={styles['end']}>
        {page !== undefined && <Pager page={page} filters={filters} change={change} narrow={narrow} />}
        {!narrow && (
          <>
            <ColumnChoice shown={settings.columns} onChange={(columns) => onSettings({ ...settings, columns })} />
            <IconButton
              label={t('details.label')}
              keys="d"
              isPressed={settings.details}
              onPress={() => onSettings({ ...settings, details: !settings.details })}
            >
              <PanelRight />
            </IconButton>
            <IconButton label={t('shortcuts.title')} keys="?" onPress={() => showDialog('keys')}>
              <Keyboard />
            </IconButton>
          </>
        )}
      </div>
    </div>
  );
}
