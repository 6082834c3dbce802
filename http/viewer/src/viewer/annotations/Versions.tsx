import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { locale } from '@/shell/i18n';
import { Busy } from '@/ui/Busy';
import { Dialog } from '@/ui/Dialog';
import { measurementLines } from './measurementText';
import { momentText } from './momentText';
import { listVersions } from './requests';
import styles from './Measurements.module.css';

/** Every version of an annotation, the newest first. */
export function Versions({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('annotations');
  const { data, error } = useQuery({ queryKey: ['annotation-versions', id], queryFn: () => listVersions(id) });
  return (
    <Dialog title={t('versions.title')} isOpen onClose={onClose}>
      {error !== null && <p role="alert">{error.message}</p>}
      {data === undefined && error === null && <Busy label={t('shell:loading')} />}
      {data !== undefined && (
        <ol className={styles['versions']}>
          {data.toReversed().map(({ version, author, updated_at, deleted, label, measurements }) => (
            <li key={version}>
              <strong>{t('versions.version', { version })}</strong>
              <span className={styles['origin']}>
                {momentText(updated_at)} · {author.full_name || author.username}
              </span>
              <span>
                {deleted
                  ? t('conflict.deleted')
                  : [label, ...measurementLines(measurements, i18next.t, locale())].filter(Boolean).join('; ')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
