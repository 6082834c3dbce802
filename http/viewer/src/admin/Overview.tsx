import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration, formatMoment, formatNumber, formatShare } from '@/shell/format';
import { Badge } from '@/ui/Badge';
import { DataTable } from '@/ui/DataTable';
import { Card, Facts } from './Card';
import { EchoButton } from './EchoButton';
import { Polled } from './Polled';
import { useHealth, useSystemStatus, type SystemStatus } from './systemStatus';
import styles from './Overview.module.css';

type Stats = SystemStatus['stats'];

/** How the system is: its parts, what it keeps, what it is at work with. */
export function Overview() {
  const status = useSystemStatus();
  return (
    <div className={styles['overview']}>
      <HealthCard />
      <Polled query={status}>
        {({ stats, version, uptime_s }) => (
          <>
            <ArchiveCard stats={stats} />
            <StorageCard storage={stats.storage} />
            <NetworkCard stats={stats} />
            <ServicesCard stats={stats} version={version} uptime={uptime_s} />
            <NodesCard nodes={stats.nodes} />
            <QueuesCard queues={stats.queues} />
          </>
        )}
      </Polled>
    </div>
  );
}

function Health({ isWell, children }: { isWell: boolean; children: ReactNode }) {
  return <Badge tone={isWell ? 'success' : 'danger'}>{children}</Badge>;
}

function HealthCard() {
  const { t } = useTranslation('admin');
  const health = useHealth();
  return (
    <Card title={t('health.title')}>
      <Polled query={health}>
        {({ status, checks }) => (
          <Facts
            facts={[
              [
                t('health.whole'),
                <Badge
                  key="whole"
                  tone={status === 'healthy' ? 'success' : status === 'degraded' ? 'warning' : 'danger'}
                >
                  {t(`health.${status}`)}
                </Badge>,
              ],
              ...Object.entries(checks).map(([part, check]): [string, ReactNode] => [
                t(`health.parts.${part}`, { defaultValue: part }),
                <Health key={part} isWell={check.status === 'ok'}>
                  {check.status === 'ok' ? t('health.ok') : check.status}
                </Health>,
              ]),
            ]}
          />
        )}
      </Polled>
    </Card>
  );
}

function ArchiveCard({ stats }: { stats: Stats }) {
  const { t } = useTranslation('admin');
  const { instances_per_s_1m: rate, bytes_per_s_1m: bytes } = stats.ingest;
  return (
    <Card title={t('archive.title')}>
      <Facts
        facts={[
          ...(['patients', 'studies', 'series', 'images', 'quarantined'] as const).map((what) => {
            return [t(`archive.${what}`), formatNumber(stats[what])] as const;
          }),
          [t('archive.ingest'), t('archive.rate', { images: formatNumber(rate, 1), bytes: formatBytes(bytes) })],
        ]}
      />
    </Card>
  );
}

function StorageCard({ storage }: { storage: Stats['storage'] }) {
  const { t } = useTranslation('admin');
  const { free_bytes: free, capacity_bytes: capacity, total_files, total_size_bytes } = storage;
  const full = capacity === 0 ? 0 : 1 - free / capacity;
  const share = formatShare(full);
  return (
    <Card title={t('storage.title')}>
      <meter
        className={styles['meter']}
        min={0}
        max={1}
        low={0.8}
        high={0.9}
        optimum={0}
        value={full}
        aria-label={t('storage.full', { share })}
      />
      <Facts
        facts={[
          [t('storage.used'), share],
          [t('storage.free'), formatBytes(free)],
          [t('storage.capacity'), formatBytes(capacity)],
          [t('storage.files'), formatNumber(total_files)],
          [t('storage.images'), formatBytes(total_size_bytes)],
        ]}
      />
    </Card>
  );
}

function NetworkCard({ stats }: { stats: Stats }) {
  const { t } = useTranslation('admin');
  const { connected, message, host, port, ae_title, associations_active } = stats.scp_server;
  return (
    <Card title={t('network.title')}>
      <Facts
        facts={[
          [
            t('network.state'),
            <Health key="state" isWell={connected}>
              {connected ? t('network.listening') : message}
            </Health>,
          ],
          [t('network.aeTitle'), ae_title],
          [t('network.address'), `${host}:${port}`],
          [t('network.associations'), formatNumber(associations_active)],
        ]}
      />
      <EchoButton />
    </Card>
  );
}

function ServicesCard({ stats, version, uptime }: { stats: Stats; version: string; uptime: number }) {
  const { t } = useTranslation('admin');
  const { database, redis } = stats;
  const connection = (connected: boolean) => (
    <Health isWell={connected}>{t(connected ? 'services.connected' : 'services.away')}</Health>
  );
  return (
    <Card title={t('services.title')}>
      <Facts
        facts={[
          ['PostgreSQL', connection(database.connected)],
          [t('services.databaseVersion'), database.version],
          [t('services.latency'), `${formatNumber(database.latency_ms, 2)} ms`],
          ['Redis', connection(redis.connected)],
          ['Noctis', version],
          [t('services.uptime'), formatDuration(uptime)],
        ]}
      />
    </Card>
  );
}

function NodesCard({ nodes }: { nodes: Stats['nodes'] }) {
  const { t } = useTranslation('admin');
  return (
    <Card title={t('nodes.title')} isWide>
      <DataTable
        label={t('nodes.title')}
        rows={nodes}
        keyOf={({ name }) => name}
        empty={t('nodes.none')}
        columns={[
          { id: 'name', name: t('nodes.name'), cell: ({ name }) => name },
          {
            id: 'state',
            name: t('nodes.state'),
            cell: ({ state }) => <Health isWell={state === 'up'}>{state}</Health>,
          },
          { id: 'roles', name: t('nodes.roles'), cell: ({ roles }) => roles.join(', ') },
          { id: 'version', name: t('nodes.version'), cell: ({ version }) => version },
          { id: 'since', name: t('nodes.since'), cell: ({ since }) => formatMoment(since) },
        ]}
      />
    </Card>
  );
}

function QueuesCard({ queues }: { queues: Stats['queues'] }) {
  const { t } = useTranslation('admin');
  return (
    <Card title={t('queues.title')} isWide>
      <DataTable
        label={t('queues.title')}
        rows={Object.entries(queues)}
        keyOf={([name]) => name}
        empty={t('queues.none')}
        columns={[
          { id: 'name', name: t('queues.name'), cell: ([name]) => name },
          ...(['pending', 'running', 'failed'] as const).map((state) => ({
            id: state,
            name: t(`jobs.state.${state}`),
            isNumber: true,
            cell: ([, counts]: [string, Stats['queues'][string]]) => formatNumber(counts[state]),
          })),
        ]}
      />
    </Card>
  );
}
