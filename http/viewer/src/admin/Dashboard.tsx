import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDashboard, readModels, readQueues, readTurnaround, type Dashboard as Figures } from '@/api/analyses';
import { formatDuration, formatNumber } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { DataTable } from '@/ui/DataTable';
import { AnalysersTable } from './AnalysersTable';
import { Card, Facts } from './Card';
import { DaysChoice } from './DaysChoice';
import { minutesText, nothing, secondsText } from './figures';
import { Polled } from './Polled';
import { figuresEvery, usePolled } from './polling';
import overview from './Overview.module.css';
import styles from './admin.module.css';

const periods = [7, 30, 90, 365] as const;

/** How background work goes: analysers, alerts, reports, queues, installed models. */
export function Dashboard() {
  const { t } = useTranslation('admin');
  const [days, setDays] = useState<(typeof periods)[number]>(30);
  const figures = usePolled(['dashboard', days], (signal) => readDashboard(days, { signal }), figuresEvery);
  return (
    <>
      <div className={styles['bar']}>
        <DaysChoice options={periods} value={days} onChange={setDays} />
      </div>
      <div className={overview['overview']}>
        <Polled query={figures}>
          {({ analysers, alerts }) => (
            <>
              <Card title={t('dashboard.analysers')} isWide>
                <AnalysersTable analysers={analysers} />
              </Card>
              <AlertsCard alerts={alerts} />
            </>
          )}
        </Polled>
        <ReportsCard days={days} />
        <ModelsCard />
        <QueuesCard />
      </div>
    </>
  );
}

function AlertsCard({ alerts }: Pick<Figures, 'alerts'>) {
  const { t } = useTranslation('admin');
  const { open, escalated, acknowledged, median_acknowledgement_seconds: median } = alerts;
  return (
    <Card title={t('dashboard.alerts')}>
      <Facts
        facts={[
          [
            t('dashboard.open'),
            <Badge key="open" tone={open + escalated > 0 ? 'danger' : 'success'}>
              {formatNumber(open + escalated)}
            </Badge>,
          ],
          [t('dashboard.escalated'), formatNumber(escalated)],
          [t('dashboard.acknowledged'), formatNumber(acknowledged)],
          [t('dashboard.medianAcknowledgement'), acknowledged > 0 ? secondsText(median) : nothing],
        ]}
      />
    </Card>
  );
}

function ReportsCard({ days }: { days: number }) {
  const { t } = useTranslation('admin');
  const query = usePolled(['turnaround', days], (signal) => readTurnaround(days, { signal }), figuresEvery);
  return (
    <Card title={t('turnaround.title')} isWide>
      <Polled query={query}>
        {({ groups, drafts, unsigned_preliminary: preliminary }) => (
          <>
            <Facts
              facts={[
                [t('turnaround.drafts'), formatNumber(drafts)],
                [t('turnaround.preliminary'), formatNumber(preliminary)],
              ]}
            />
            <DataTable
              label={t('turnaround.title')}
              rows={groups}
              keyOf={({ modality, priority }) => `${modality} ${priority}`}
              empty={t('turnaround.none')}
              columns={[
                { id: 'modality', name: t('turnaround.modality'), cell: ({ modality }) => visibleText(modality) },
                {
                  id: 'priority',
                  name: t('turnaround.priority'),
                  cell: ({ priority }) => t(`turnaround.priorities.${priority}`, { defaultValue: priority }),
                },
                {
                  id: 'reports',
                  name: t('turnaround.reports'),
                  isNumber: true,
                  cell: ({ reports }) => formatNumber(reports),
                },
                ...(['median_minutes_to_preliminary', 'median_minutes_to_final', 'p90_minutes_to_final'] as const).map(
                  (what) => ({
                    id: what,
                    name: t(`turnaround.${what}`),
                    isNumber: true,
                    cell: (group: (typeof groups)[number]) => minutesText(group[what]),
                  }),
                ),
              ]}
            />
          </>
        )}
      </Polled>
    </Card>
  );
}

function ModelsCard() {
  const { t } = useTranslation('admin');
  const query = usePolled(['models'], (signal) => readModels({ signal }), figuresEvery);
  return (
    <Card title={t('models.title')} isWide>
      <Polled query={query}>
        {({ results }) => (
          <DataTable
            label={t('models.title')}
            rows={results}
            keyOf={({ name, version }) => `${name} ${version}`}
            empty={t('models.none')}
            columns={[
              { id: 'name', name: t('models.name'), cell: ({ name }) => visibleText(name) },
              { id: 'version', name: t('models.version'), cell: ({ version }) => visibleText(version) },
              {
                id: 'state',
                name: t('models.state'),
                cell: ({ state }) => (
                  <Badge tone={state === 'ready' ? 'success' : 'danger'}>{t(`models.${state}`)}</Badge>
                ),
              },
              { id: 'reason', name: t('models.reason'), cell: ({ reason }) => visibleText(reason) },
              {
                id: 'description',
                name: t('models.description'),
                cell: ({ description }) => visibleText(description),
              },
              { id: 'licence', name: t('models.licence'), cell: ({ licence }) => visibleText(licence) },
            ]}
          />
        )}
      </Polled>
    </Card>
  );
}

/** Hours over which the durations of jobs are taken. */
const hours = 24;

function QueuesCard() {
  const { t } = useTranslation('admin');
  const query = usePolled(['queues', hours], (signal) => readQueues(hours, { signal }));
  return (
    <Card title={t('queues.title')} isWide>
      <p className={styles['note']}>{t('queues.period', { count: hours })}</p>
      <Polled query={query}>
        {({ results }) => (
          <DataTable
            label={t('queues.title')}
            rows={results}
            keyOf={({ queue }) => queue}
            empty={t('queues.none')}
            columns={[
              { id: 'queue', name: t('queues.name'), cell: ({ queue }) => queue },
              ...(['pending', 'running', 'failed', 'done'] as const).map((state) => ({
                id: state,
                name: t(`jobs.state.${state}`),
                isNumber: true,
                cell: (row: (typeof results)[number]) => formatNumber(row[state]),
              })),
              {
                id: 'mean',
                name: t('dashboard.mean'),
                isNumber: true,
                cell: ({ done, mean_seconds }) => (done > 0 ? secondsText(mean_seconds) : nothing),
              },
              {
                id: 'p95',
                name: t('dashboard.p95'),
                isNumber: true,
                cell: ({ done, p95_seconds }) => (done > 0 ? secondsText(p95_seconds) : nothing),
              },
              {
                id: 'oldest',
                name: t('queues.oldest'),
                isNumber: true,
                cell: ({ oldest_due_ms }) => (oldest_due_ms ? formatDuration(oldest_due_ms / 1000) : nothing),
              },
            ]}
          />
        )}
      </Polled>
    </Card>
  );
}
