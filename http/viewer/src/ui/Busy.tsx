import { ProgressBar } from 'react-aria-components';
import styles from './Busy.module.css';

/** Says that something is under way; with `value` (0 … 1) how far it is. */
export function Busy({ label, value }: { label: string; value?: number | undefined }) {
  const known = value !== undefined;
  return (
    <ProgressBar
      className={styles['busy'] ?? ''}
      aria-label={label}
      {...(known ? { value: value * 100 } : { isIndeterminate: true })}
    >
      {({ percentage }) => (
        <>
          <span>{label}</span>
          <span className={styles['track']}>
            <span
              className={styles['fill']}
              data-moving={!known || undefined}
              style={{ width: known ? `${percentage ?? 0}%` : '30%' }}
            />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
