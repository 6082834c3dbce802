import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';

interface ItemsProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** Shows what was read for a panel; until it is there, that it comes, or why it does not. */
export function Items<T>({ query, children }: ItemsProps<T>) {
  const { t } = useTranslation('reports');
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error === null) return <Busy label={t('shell:loading')} />;
  return (
    <div role="alert">
      <p>{error.message}</p>
      <Button onPress={() => void refetch()}>{t('admin:again')}</Button>
    </div>
  );
}
