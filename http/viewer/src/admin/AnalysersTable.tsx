import { useTranslation } from 'react-i18next';
import type { AnalyserFigures } from '@/api/analyses';
import { formatNumber, formatShare } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { agreement, nothing, secondsText } from './figures';

/** What analysers did, how long it took them, and how often readers agree with them. */
export function AnalysersTable({ analysers }: { analysers: readonly AnalyserFigures[] }) {
  const { t } = useTranslation('admin');
  const count = (id: 'runs' | 'findings' | 'urgent'): DataColumn<AnalyserFigures> => ({
    id,
    name: t(`dashboard.${id}`),
    isNumber: true,
    cell: (row) => formatNumber(row[id]),
  });
  return (
    <DataTable
      label={t('dashboard.analysers')}
      rows={analysers}
      keyOf={({ analyser, version }) => `${analyser} ${version}`}
      empty={t('dashboard.none')}
      columns={[
        {
          id: 'analyser',
          name: t('dashboard.analyser'),
          cell: ({ analyser, version }) => `${visibleText(analyser)} ${visibleText(version)}`,
        },
        count('runs'),
        {
          id: 'failures',
          name: t('dashboard.failures'),
          isNumber: true,
          cell: ({ failures }) =>
            failures > 0 ? <Badge tone="danger">{formatNumber(failures)}</Badge> : formatNumber(0),
        },
        {
          id: 'mean',
          name: t('dashboard.mean'),
          isNumber: true,
          cell: ({ runs, mean_seconds }) => (runs > 0 ? secondsText(mean_seconds) : nothing),
        },
        {
          id: 'p95',
          name: t('dashboard.p95'),
          isNumber: true,
          cell: ({ runs, p95_seconds }) => (runs > 0 ? secondsText(p95_seconds) : nothing),
        },
        count('findings'),
        count('urgent'),
        {
          id: 'agreement',
          name: t('dashboard.agreement'),
          isNumber: true,
          cell: (row) => {
            const share = agreement(row);
            const judged = formatNumber(row.accepted + row.rejected);
            return share === null
              ? nothing
              : t('dashboard.agreed', { share: formatShare(share), accepted: formatNumber(row.accepted), judged });
          },
        },
      ]}
    />
  );
}
