import { FileQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Button } from '@/ui/Button';
import styles from './NoStudy.module.css';

function reasonKey(error: Error | null): string {
  if (error === null) return 'none';
  if (!(error instanceof Problem)) return 'broken';
  if (error.status === 404) return 'missing';
  if (error.status === 403) return 'forbidden';
  return 'failed';
}

/** Says why there is no study to show, and what can be done. */
export function NoStudy({ error, onRetry }: { error: Error | null; onRetry?: () => void }) {
  const { t } = useTranslation('viewer');
  const key = reasonKey(error);
  return (
    <main className={styles['page']}>
      <div role="alert" className={styles['box']}>
        <FileQuestion aria-hidden />
        <h1>{t(`noStudy.${key}.title`)}</h1>
        <p>{t(`noStudy.${key}.text`)}</p>
        {key === 'failed' && <p className={styles['reason']}>{error?.message}</p>}
        <p className={styles['actions']}>
          <a href="/worklist/">{t('worklist')}</a>
          {onRetry !== undefined && <Button onPress={onRetry}>{t('pane.again')}</Button>}
        </p>
      </div>
    </main>
  );
}
