import { Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { PopoverButton } from '@/ui/PopoverButton';
import { addressOf, filtersOf, isFiltered, type Filters } from './filters';
import type { WorklistSettings } from './settings';
import styles from './SavedFilters.module.css';

interface SavedFiltersProps {
  filters: Filters;
  settings: WorklistSettings;
  onSettings: (settings: WorklistSettings) => void;
  onFilters: (filters: Filters) => void;
}

/** The user's own filters: to choose, to keep under a name, to open the worklist with, to forget. */
export function SavedFilters({ filters, settings, onSettings, onFilters }: SavedFiltersProps) {
  const { t } = useTranslation('worklist');
  const here = addressOf({ ...filters, page: 1 });
  const current = settings.saved.find(({ address }) => address === here);
  return (
    <PopoverButton label={current?.name ?? t('saved.label')} isChosen={current !== undefined}>
      {(close) => (
        <>
          {settings.saved.length === 0 && <p className={styles['none']}>{t('saved.none')}</p>}
          {settings.saved.length > 0 && (
            <ul className={styles['list']}>
              {settings.saved.map(({ name, address }) => (
                <li key={name}>
                  <Button
                    onPress={() => {
                      onFilters(filtersOf(address));
                      close();
                    }}
                  >
                    <bdi>{name}</bdi>
                  </Button>
                  <IconButton
                    label={t('saved.opensWith', { name })}
                    isPressed={settings.opensWith === name}
                    onPress={() => onSettings({ ...settings, opensWith: settings.opensWith === name ? null : name })}
                  >
                    <Star />
                  </IconButton>
                  <IconButton
                    label={t('saved.remove', { name })}
                    onPress={() =>
                      onSettings({
                        ...settings,
                        saved: settings.saved.filter((one) => one.name !== name),
                        opensWith: settings.opensWith === name ? null : settings.opensWith,
                      })
                    }
                  >
                    <Trash2 />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          {isFiltered(filters) && (
            <SaveForm
              onSave={(name) => {
                const others = settings.saved.filter((one) => one.name !== name);
                onSettings({ ...settings, saved: [...others, { name, address: here }] });
                close();
              }}
            />
          )}
        </>
      )}
    </PopoverButton>
  );
}

function SaveForm({ onSave }: { onSave: (name: string) => void }) {
  const { t } = useTranslation('worklist');
  const [name, setName] = useState('');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onSave(name.trim());
      }}
    >
      <TextField label={t('saved.name')} value={name} onChange={setName} maxLength={64} />
      <Button type="submit" kind="primary" isDisabled={name.trim() === ''}>
        {t('saved.save')}
      </Button>
    </form>
  );
}
