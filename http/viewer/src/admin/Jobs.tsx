import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import type { components } from '@/api/schema';
import { formatMoment, formatNumber, formatShare } from '@/shell/format';
import { notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { DataTable } from '@/ui/DataTable';
import { Select } from '@/ui/Field';
import { PageTurner } from './PageTurner';
import { Polled } from './Polled';
import { background, usePolled } from './polling';
import styles from './admin.module.css';

type Job = components['schemas']['job'];

const states = ['pending', 'running', 'done', 'failed', 'cancelled'] as const;
const tones: Record<Job['state'], Tone> = {
  pending: 'quiet',
  running: 'accent',
  done: 'success',
  failed: 'danger',
  cancelled: 'warning',
};

/** Background work: how far it is, why it failed; to stop and to try again. */
export function Jobs() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const [state, setState] = useState<Job['state'] | 'any'>('any');
  const query = usePolled(['jobs', state, page], async (signal) => {
    const params = { query: { page, page_size: 25, ...(state !== 'any' && { state }) } };
    return (await dataOf(api.GET('/api/jobs/', { params, signal, headers: background }))) as Page<Job>;
  });
  const act = async (path: '/api/jobs/{id}/cancel/' | '/api/jobs/{id}/retry/', job: Job) => {
    try {
      await api.POST(path, { params: { path: { id: String(job.id) } } });
    } catch (error) {
      notifyFailure(t('jobs.actionFailed'), error);
    }
    void client.invalidateQueries({ queryKey: ['jobs'] });
  };
  return (
    <>
      <div className={styles['bar']}>
        <Select
          label={t('jobs.shown')}
          options={(['any', ...states] as const).map((id) => ({ id, name: t(`jobs.state.${id}`) }))}
          value={state}
          onChange={(chosen) => {
            setState(chosen);
            setPage(1);
          }}
        />
      </div>
      <Polled query={query}>
        {(data) => (
          <>
            <DataTable
              label={t('tabs.jobs')}
              rows={data.results}
              keyOf={({ id }) => id}
              empty={t('jobs.none')}
              columns={[
                { id: 'id', name: t('jobs.number'), isNumber: true, cell: ({ id }) => formatNumber(id) },
                { id: 'queue', name: t('queues.name'), cell: ({ queue }) => queue },
                {
                  id: 'state',
                  name: t('jobs.stateLabel'),
                  cell: (job) => <Badge tone={tones[job.state]}>{t(`jobs.state.${job.state}`)}</Badge>,
                },
                { id: 'progress', name: t('jobs.progress'), isNumber: true, cell: (job) => formatShare(job.progress) },
                {
                  id: 'attempts',
                  name: t('jobs.attempts'),
                  isNumber: true,
                  cell: ({ attempts, max_attempts }) => `${attempts} / ${max_attempts}`,
                },
                { id: 'created', name: t('jobs.created'), cell: ({ created_at }) => formatMoment(created_at) },
                { id: 'error', name: t('jobs.error'), cell: ({ error }) => visibleText(error) },
                {
                  id: 'actions',
                  name: t('actions'),
                  hideName: true,
                  cell: (job) => (
                    <span className={styles['actions']}>
                      {(job.state === 'pending' || job.state === 'running') && (
                        <Button onPress={() => void act('/api/jobs/{id}/cancel/', job)}>{t('cancel')}</Button>
                      )}
                      {(job.state === 'failed' || job.state === 'cancelled') && (
                        <Button onPress={() => void act('/api/jobs/{id}/retry/', job)}>{t('again')}</Button>
                      )}
                    </span>
                  ),
                },
              ]}
            />
            <PageTurner page={page} data={data} onPage={setPage} />
          </>
        )}
      </Polled>
    </>
  );
}
