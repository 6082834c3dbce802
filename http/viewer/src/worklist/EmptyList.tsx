import { useQuery } from '@tanstack/react-query';
import { Inbox, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import { may } from '@/api/session';
import { UploadButton } from '@/upload/UploadButton';
import { Button } from '@/ui/Button';
import styles from './EmptyList.module.css';

/** What stands in place of studies where there are none: why, and what to do. */
export function EmptyList({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation('worklist');
  if (!isFiltered) return <NoStudies />;
  return (
    <div className={styles['empty']}>
      <SearchX aria-hidden />
      <p>{t('empty.filtered')}</p>
      <Button onPress={onClear}>{t('clear')}</Button>
    </div>
  );
}

function useDicomAddress(): { ae_title: string; host: string; port: number } | undefined {
  const { data } = useQuery({
    queryKey: ['system-status'],
    queryFn: ({ signal }) => dataOf(api.GET('/dicom/api/system/status/', { signal })),
    enabled: may('study.upload'),
  });
  return data?.stats.scp_server as { ae_title: string; host: string; port: number } | undefined;
}

function NoStudies() {
  const { t } = useTranslation('worklist');
  const dicom = useDicomAddress();
  return (
    <div className={styles['empty']}>
      <Inbox aria-hidden />
      <p>{t('empty.none')}</p>
      {dicom !== undefined && <p>{t('empty.send', { title: dicom.ae_title, host: dicom.host, port: dicom.port })}</p>}
      {may('study.upload') && <UploadButton />}
    </div>
  );
}
