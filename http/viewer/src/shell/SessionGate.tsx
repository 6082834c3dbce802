import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Problem } from '@/api/problem';
import { goToLogin, resumeSession, useSession } from '@/api/session';
import { Button } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { IdleWarning } from './IdleWarning';
import styles from './Failure.module.css';

/** Shows `children` to somebody who is logged in and sends others to the login page. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell');
  const session = useSession((state) => state.session);
  const { error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        return await resumeSession();
      } catch (reason) {
        if (reason instanceof Problem && reason.status === 401) goToLogin();
        throw reason;
      }
    },
    staleTime: Infinity,
  });
  if (session !== null)
    return (
      <>
        {children}
        <IdleWarning session={session} />
      </>
    );
  if (error === null || (error instanceof Problem && error.status === 401)) return <Busy label={t('loading')} />;
  return (
    <div role="alert" className={styles['failure']}>
      <h2>{t('failure.title')}</h2>
      <p>{error.message}</p>
      <Button onPress={() => void refetch()}>{t('failure.again')}</Button>
    </div>
  );
}
