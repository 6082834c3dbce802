import { useTranslation } from 'react-i18next';
import styles from './Reports.module.css';

/** Says where reports are to be found: Noctis keeps those that other systems send, in the study that they belong to. */
export function Reports() {
  const { t } = useTranslation('shell');
  return (
    <div className={styles['reports']}>
      <title>{`${t('places.reports')} · Noctis`}</title>
      <h1>{t('places.reports')}</h1>
      <p>{t('reports')}</p>
      <a href="/worklist/">{t('places.worklist')}</a>
    </div>
  );
}
