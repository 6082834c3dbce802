import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { firstImage } from '../panes/marks';
import { NoStudy } from './NoStudy';
import { Opening } from './Opening';

/** Milliseconds for which a first image is waited for: running the rest of the program would only hold it up. */
const patience = 700;

const Workspace = lazy(async () => {
  await Promise.race([firstImage, new Promise((resolve) => setTimeout(resolve, patience))]);
  return import('./Workspace');
});

interface ViewerProps {
  /** Opens what the address names; `undefined` where it names no study. */
  open: (() => Promise<true>) | undefined;
}

/** The viewer: opens the studies of the address, then shows them, before all of the program is here. */
export function Viewer({ open }: ViewerProps) {
  const { t } = useTranslation('viewer');
  const { data, error, refetch } = useQuery({
    queryKey: ['viewer'],
    queryFn: () => open?.() ?? true,
    retry: false,
    staleTime: Infinity,
  });
  if (open === undefined) return <NoStudy error={null} />;
  if (error !== null) return <NoStudy error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Busy label={t('opening')} />;
  return (
    <Suspense fallback={<Opening />}>
      <Workspace />
    </Suspense>
  );
}
