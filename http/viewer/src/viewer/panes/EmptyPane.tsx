import { useTranslation } from 'react-i18next';
import styles from './Pane.module.css';

/** A pane that waits for a series. */
export function EmptyPane() {
  const { t } = useTranslation('viewer');
  return <p className={styles['empty']}>{t('pane.empty')}</p>;
}
