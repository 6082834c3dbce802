import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import type { Address } from '../address';
import { startCornerstone } from '../cornerstone/start';
import { hang } from '../hanging/hang';
import { openStudy } from '../study/loadStudy';
import { NoStudy } from './NoStudy';
import { Workspace } from './Workspace';

startCornerstone();

async function open({ study, compare }: Address): Promise<true> {
  await openStudy(study);
  await Promise.all(compare.map(openStudy));
  hang();
  return true;
}

/** The viewer: opens the studies of the address, then shows them. */
export default function Viewer({ address }: { address: Address | undefined }) {
  const { t } = useTranslation('viewer');
  const { data, error, refetch } = useQuery({
    queryKey: ['viewer', address],
    queryFn: () => (address === undefined ? Promise.resolve(true) : open(address)),
    staleTime: Infinity,
  });
  if (address === undefined) return <NoStudy error={null} onRetry={() => location.assign('/worklist/')} />;
  if (error !== null) return <NoStudy error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <Busy label={t('opening')} /> : <Workspace />;
}
