import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Polled } from '@/admin/Polled';
import { formatMoment, formatNumber } from '@/shell/format';
import { DataTable } from '@/ui/DataTable';
import { Assignee } from '@/worklist/Assignee';
import { useLive } from '../live';
import { PatientCell, StudyCell } from './StudyCell';
import { byUrgency, readWaiting } from './toRead';
import styles from './list.module.css';

/** The studies that are complete and wait for this user's report, the urgent first. */
export function ToRead() {
  const { t } = useTranslation('reports');
  const query = useQuery({ queryKey: ['to-read'], queryFn: ({ signal }) => readWaiting(signal) });
  useLive('to-read', [
    'study.updated',
    'study.completed',
    'study.deleted',
    'report.updated',
    'report.signed',
    'resync',
  ]);
  return (
    <Polled query={query}>
      {(page) => {
        const studies = byUrgency(page.results);
        return (
          <>
            <p className={styles['note']} aria-live="polite">
              {t('toRead.count', { count: page.count, number: formatNumber(page.count) })}{' '}
              {page.next !== null && t('toRead.more', { number: formatNumber(page.results.length) })}
            </p>
            <DataTable
              label={t('tabs.toRead')}
              rows={studies}
              keyOf={({ id }) => id}
              empty={t('toRead.none')}
              columns={[
                { id: 'patient', name: t('worklist:columns.patient'), cell: (study) => <PatientCell study={study} /> },
                { id: 'study', name: t('list.study'), cell: (study) => <StudyCell study={study} /> },
                {
                  id: 'waiting',
                  name: t('toRead.since'),
                  cell: ({ upload_date }) => formatMoment(upload_date),
                },
                { id: 'assigned', name: t('worklist:columns.assigned'), cell: (study) => <Assignee study={study} /> },
                {
                  id: 'actions',
                  name: t('admin:actions'),
                  hideName: true,
                  cell: (study) => (
                    <span className={styles['actions']}>
                      <a href={`/viewer/${study.study_instance_uid}`}>{t('list.images')}</a>
                      <a href={`/reports/?study=${study.id}`}>{t('toRead.report')}</a>
                    </span>
                  ),
                },
              ]}
            />
          </>
        );
      }}
    </Polled>
  );
}
