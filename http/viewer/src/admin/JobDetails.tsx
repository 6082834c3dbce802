import { useTranslation } from 'react-i18next';
import type { Job } from '@/api/analyses';
import { formatMoment, formatShare } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Facts } from './Card';
import styles from './admin.module.css';

function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <section>
      <h3>{label}</h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <pre className={styles['json']} tabIndex={0}>
        {visibleText(JSON.stringify(value, null, 2))}
      </pre>
    </section>
  );
}

/** All that is known of a job. */
export function JobDetails({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <Dialog
      title={t('jobs.details', { id: job.id })}
      isOpen
      size="large"
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('shell:close')}</Button>}
    >
      <Facts
        facts={[
          [t('queues.name'), job.queue],
          [t('jobs.stateLabel'), t(`jobs.state.${job.state}`)],
          [t('jobs.progress'), formatShare(job.progress)],
          [t('jobs.priority'), t(`turnaround.priorities.${job.priority}`, { defaultValue: job.priority })],
          [t('jobs.attempts'), `${job.attempts} / ${job.max_attempts}`],
          [t('jobs.worker'), visibleText(job.worker)],
          [t('jobs.created'), formatMoment(job.created_at)],
          [t('jobs.due'), formatMoment(job.run_after)],
          [t('jobs.started'), formatMoment(job.started_at ?? null)],
          [t('jobs.finished'), formatMoment(job.finished_at)],
        ]}
      />
      {job.error !== '' && (
        <section>
          <h3>{t('jobs.error')}</h3>
          <p>{visibleText(job.error)}</p>
        </section>
      )}
      <Json label={t('jobs.payload')} value={job.payload} />
      {job.result !== null && <Json label={t('jobs.result')} value={job.result} />}
    </Dialog>
  );
}
