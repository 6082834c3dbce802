import { useQueryClient } from '@tanstack/react-query';
import { Info, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readJobs, readQueues, type Job } from '@/api/analyses';
import { formatMoment, formatNumber, formatShare } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import { IconButton } from '@/ui/Button';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Select } from '@/ui/Field';
import { JobActionDialog, type JobAction } from './JobActionDialog';
import { JobDetails } from './JobDetails';
import { JobStudy } from './JobStudy';
import { mayCancel, mayRetry } from './jobFacts';
import { PageTurner } from './PageTurner';
import { Polled } from './Polled';
import { figuresEvery, usePolled } from './polling';
import styles from './admin.module.css';

const states = ['pending', 'running', 'done', 'failed', 'cancelled'] as const;
const tones: Record<Job['state'], Tone> = {
  pending: 'quiet',
  running: 'accent',
  done: 'success',
  failed: 'danger',
  cancelled: 'warning',
};

/** What is open beside the list: a job's details, or a question on it. */
interface Asked {
  job: Job;
  action: JobAction | 'details';
}

/** Background work: how far it is, why it failed; to look at, to stop and to try again. */
export function Jobs() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const [state, setState] = useState<Job['state'] | 'any'>('any');
  const [queue, setQueue] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const queues = usePolled(['queues', 24], (signal) => readQueues(24, { signal }), figuresEvery);
  const query = usePolled(['jobs', queue, state, page], (signal) =>
    readJobs({ page, page_size: 25, queue, ...(state !== 'any' && { state }) }, { signal }),
  );
  const names = queues.data?.results.map((row) => row.queue) ?? [];
  const columns = useJobColumns((job, action) => setAsked({ job, action }));
  const closed = () => {
    setAsked(null);
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
        <Select
          label={t('queues.name')}
          options={['', ...names].map((id) => ({ id, name: id || t('jobs.anyQueue') }))}
          value={queue}
          onChange={(chosen) => {
            setQueue(chosen);
            setPage(1);
          }}
        />
      </div>
      {state === 'failed' && <p className={styles['note']}>{t('jobs.deadLetters')}</p>}
      <Polled query={query}>
        {(data) => (
          <>
            <DataTable
              label={t('tabs.jobs')}
              rows={data.results}
              keyOf={({ id }) => id}
              empty={t(state === 'failed' ? 'jobs.noDeadLetters' : 'jobs.none')}
              columns={columns}
            />
            <PageTurner page={page} data={data} onPage={setPage} />
          </>
        )}
      </Polled>
      {asked?.action === 'details' && <JobDetails job={asked.job} onClose={() => setAsked(null)} />}
      {asked !== null && asked.action !== 'details' && (
        <JobActionDialog job={asked.job} action={asked.action} onClose={closed} />
      )}
    </>
  );
}

/** What there is to see of a job, and what may be asked of it. */
function useJobColumns(ask: (job: Job, action: Asked['action']) => void): readonly DataColumn<Job>[] {
  const { t } = useTranslation('admin');
  return [
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
    { id: 'study', name: t('jobs.study'), cell: (job) => <JobStudy job={job} /> },
    { id: 'error', name: t('jobs.error'), cell: ({ error }) => visibleText(error) },
    {
      id: 'actions',
      name: t('actions'),
      hideName: true,
      cell: (job) => (
        <span className={styles['actions']}>
          <IconButton label={t('jobs.details', { id: job.id })} onPress={() => ask(job, 'details')}>
            <Info />
          </IconButton>
          {mayCancel(job) && (
            <IconButton label={t('jobs.cancel', { id: job.id })} onPress={() => ask(job, 'cancel')}>
              <Square />
            </IconButton>
          )}
          {mayRetry(job) && (
            <IconButton label={t('jobs.retry', { id: job.id })} onPress={() => ask(job, 'retry')}>
              <RotateCw />
            </IconButton>
          )}
        </span>
      ),
    },
  ];
}
