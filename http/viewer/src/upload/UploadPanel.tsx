import { Minus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatNumber } from '@/shell/format';
import { Button, IconButton } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { Select } from '@/ui/Field';
import { openUploads, uploads, useUploads } from './store';
import { StudyLinks } from './StudyLinks';
import { progressOf, totalsOf, type Totals } from './totals';
import { UploadList, type UploadListView } from './UploadList';
import styles from './UploadPanel.module.css';

const views: readonly UploadListView[] = ['all', 'problems', 'duplicates', 'stored'];

/** What becomes of the files: how far each is, what was refused and why, and where the studies are. */
export function UploadPanel() {
  const { t } = useTranslation('upload');
  const { items, isActive, studies } = useUploads();
  const [view, setView] = useState<UploadListView>('all');
  const totals = totalsOf(items);
  const problems = totals.refused + totals.failed;
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.activeElement?.closest('[data-uploads]') != null) openUploads(false);
    };
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, []);
  return (
    <section className={styles['panel']} aria-label={t('title')} data-uploads>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <IconButton label={t('minimise')} onPress={() => openUploads(false)}>
          <Minus />
        </IconButton>
      </header>
      {isActive && (
        <Busy
          label={t('sending', { sent: formatBytes(totals.sent), all: formatBytes(totals.bytes) })}
          value={progressOf(totals)}
        />
      )}
      <p className={styles['summary']} role="status">
        {isActive ? '' : t('finished')} <Summary totals={totals} />
      </p>
      <StudyLinks studies={studies} />
      <div className={styles['view']}>
        <Select
          label={t('view.label')}
          hideLabel
          options={views.map((id) => ({ id, name: t(`view.${id}`, { number: formatNumber(problems) }) }))}
          value={view}
          onChange={setView}
        />
      </div>
      <UploadList view={view} />
      <footer className={styles['actions']}>
        {isActive && <Button onPress={() => uploads.cancelAll()}>{t('cancelAll')}</Button>}
        {totals.failed + totals.cancelled > 0 && (
          <Button kind="primary" onPress={() => uploads.retry()}>
            {t('retryFailed')}
          </Button>
        )}
        {!isActive && (
          <Button
            onPress={() => {
              uploads.clear();
              openUploads(false);
            }}
          >
            {t('clear')}
          </Button>
        )}
      </footer>
    </section>
  );
}

function Summary({ totals }: { totals: Totals }) {
  const { t } = useTranslation('upload');
  const states = ['stored', 'duplicate', 'refused', 'failed', 'cancelled'] as const;
  const told = states.filter((state) => totals[state] > 0);
  return told
    .map((state) => t(`count.${state}`, { count: totals[state], number: formatNumber(totals[state]) }))
    .join(', ');
}
