import { useTranslation } from 'react-i18next';
import { shownName } from '@/shell/personName';
import styles from './PatientName.module.css';

/** A patient's name with its ideographic and phonetic groups, each in its own direction of writing. */
export function PatientName({ name }: { name: string }) {
  const { t } = useTranslation('worklist');
  const { main, ideographic, phonetic } = shownName(name);
  if (main === '') return <span className={styles['quiet']}>{t('unnamed')}</span>;
  const other = [ideographic, phonetic].filter(Boolean);
  return (
    <span className={styles['name']}>
      <bdi>{main}</bdi>
      {other.length > 0 && <bdi className={styles['quiet']}>{other.join(' · ')}</bdi>}
    </span>
  );
}
