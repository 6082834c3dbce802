import { useTranslation } from 'react-i18next';
import styles from './Keys.module.css';

/** Writes keys as they stand on the keyboard. */
export function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation('viewer');
  const parts = keys === '+' || keys === ' ' ? [keys] : keys.split('+');
  return (
    <span className={styles['keys']}>
      {parts.map((part) => (
        <kbd key={part}>{t(`keys.${part === ' ' ? 'Space' : part}`, { defaultValue: part.toUpperCase() })}</kbd>
      ))}
    </span>
  );
}
