import { useQueryClient } from '@tanstack/react-query';
import { Download, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import { formatBytes, formatMoment } from '@/shell/format';
import { notify, notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Button, IconButton } from '@/ui/Button';
import { DataTable } from '@/ui/DataTable';
import { Dialog } from '@/ui/Dialog';
import { PageTurner } from './PageTurner';
import { Polled } from './Polled';
import { background, usePolled } from './polling';
import styles from './admin.module.css';

interface Quarantined {
  id: number;
  received_at: string;
  reason: string;
  detail: string;
  sop_instance_uid: string;
  study_instance_uid: string;
  calling_ae_title: string;
  address: string;
  size: number;
  file_url: string | null;
}

/** What was received but could not be indexed: to try again, to look at, to forget. */
export function Quarantine() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const [doomed, setDoomed] = useState<Quarantined | null>(null);
  const query = usePolled(['quarantine', page], async (signal) => {
    const params = { query: { page, page_size: 25 } };
    return (await dataOf(api.GET('/api/quarantine/', { params, signal, headers: background }))) as Page<Quarantined>;
  });
  const reload = () => void client.invalidateQueries({ queryKey: ['quarantine'] });
  const path = ({ id }: Quarantined) => ({ params: { path: { id: String(id) } } });

  const retry = async (entry: Quarantined) => {
    try {
      await api.POST('/api/quarantine/{id}/retry/', path(entry));
      notify({ kind: 'success', text: t('quarantine.retried') });
    } catch (error) {
      notifyFailure(t('quarantine.retryFailed'), error);
    }
    reload();
  };
  const forget = async (entry: Quarantined) => {
    try {
      await api.DELETE('/api/quarantine/{id}/', path(entry));
      setDoomed(null);
    } catch (error) {
      notifyFailure(t('quarantine.forgetFailed'), error);
    }
    reload();
  };

  return (
    <Polled query={query}>
      {(data) => (
        <>
          <DataTable
            label={t('tabs.quarantine')}
            rows={data.results}
            keyOf={({ id }) => id}
            empty={t('quarantine.none')}
            columns={[
              { id: 'when', name: t('quarantine.received'), cell: (entry) => formatMoment(entry.received_at) },
              {
                id: 'why',
                name: t('quarantine.reason'),
                cell: (entry) => [entry.reason, entry.detail].filter(Boolean).map(visibleText).join(': '),
              },
              {
                id: 'from',
                name: t('quarantine.from'),
                cell: (entry) => [entry.calling_ae_title, entry.address].filter(Boolean).map(visibleText).join(', '),
              },
              { id: 'uid', name: 'SOP Instance UID', cell: (entry) => visibleText(entry.sop_instance_uid) },
              { id: 'size', name: t('quarantine.size'), isNumber: true, cell: (entry) => formatBytes(entry.size) },
              {
                id: 'actions',
                name: t('actions'),
                hideName: true,
                cell: (entry) => (
                  <span className={styles['actions']}>
                    <IconButton label={t('quarantine.retry')} onPress={() => void retry(entry)}>
                      <RotateCw />
                    </IconButton>
                    {entry.file_url !== null && (
                      <IconButton
                        label={t('quarantine.download')}
                        onPress={() => location.assign(entry.file_url ?? '')}
                      >
                        <Download />
                      </IconButton>
                    )}
                    <IconButton label={t('quarantine.forget')} onPress={() => setDoomed(entry)}>
                      <Trash2 />
                    </IconButton>
                  </span>
                ),
              },
            ]}
          />
          <PageTurner page={page} data={data} onPage={setPage} />
          <Dialog
            title={t('quarantine.forgetTitle')}
            isOpen={doomed !== null}
            onClose={() => setDoomed(null)}
            actions={
              <>
                <Button onPress={() => setDoomed(null)}>{t('cancel')}</Button>
                <Button kind="danger" onPress={() => doomed !== null && void forget(doomed)}>
                  {t('quarantine.forget')}
                </Button>
              </>
            }
          >
            <p>{t('quarantine.forgetText')}</p>
          </Dialog>
        </>
      )}
    </Polled>
  );
}
