import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import styles from './Polled.module.css';

/** Shows what was read; while that is not there, why; and where reading it anew failed, that it is old. */
export function Polled<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation('admin');
  const { data, error, refetch } = query;
  return (
    <>
      {error !== null && (
        <div role="alert" className={styles['failure']}>
          <span>
            {data !== undefined && t('old')} {error.message}
          </span>
          <Button onPress={() => void refetch()}>{t('again')}</Button>
        </div>
      )}
      {data === undefined ? error === null && <Busy label={t('loading')} /> : children(data)}
    </>
  );
}
