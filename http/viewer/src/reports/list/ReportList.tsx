import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { PageTurner } from '@/admin/PageTurner';
import { Polled } from '@/admin/Polled';
import { formatMoment } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { DataTable } from '@/ui/DataTable';
import { Checkbox, SearchField, Select } from '@/ui/Field';
import { listReports } from '../requests';
import { StatusBadge } from '../StatusBadge';
import { reportStatuses, type ReportSummary } from '../types';
import { addressOf, filtersOf, type ReportFilters } from './filters';
import { useLive } from '../live';
import { piecesOfSnippet } from './snippet';
import { PatientCell, StudyCell } from './StudyCell';
import styles from './list.module.css';

const pageSize = 50;
const typingPause = 250;

/** All reports that the user may see, the last changed first. */
export function ReportList() {
  const { t } = useTranslation('reports');
  const user = useSession((state) => state.session?.user.id);
  const [filters, setFilters] = useState(() => filtersOf(location.search));
  const change = (wanted: Partial<ReportFilters>) => setFilters((now) => ({ ...now, page: 1, ...wanted }));
  useEffect(() => {
    history.replaceState(history.state, '', `${location.pathname}${addressOf(filters)}${location.hash}`);
  }, [filters]);
  const { search, status, mine, page } = filters;
  const query = useQuery({
    queryKey: ['reports', filters],
    queryFn: ({ signal }) =>
      listReports({ search, status, page, page_size: pageSize, author: mine ? user : undefined }, { signal }),
    placeholderData: keepPreviousData,
  });
  useLive('reports', ['report.updated', 'report.signed', 'study.deleted', 'study.restored', 'resync']);
  return (
    <>
      <search className={styles['bar']}>
        <SearchBox search={search} onSearch={(text) => change({ search: text })} />
        <Select
          label={t('list.status')}
          options={[
            { id: '', name: t('list.anyStatus') },
            ...reportStatuses.map((id) => ({ id, name: t(`status.${id}`) })),
          ]}
          value={status}
          onChange={(chosen) => change({ status: chosen })}
        />
        <span className={styles['mine']}>
          <Checkbox isSelected={mine} onChange={(isMine) => change({ mine: isMine })}>
            {t('list.mine')}
          </Checkbox>
        </span>
      </search>
      <Polled query={query}>
        {(data) => (
          <>
            <ReportTable reports={data.results} />
            <PageTurner page={page} data={data} onPage={(wanted) => change({ page: wanted })} />
          </>
        )}
      </Polled>
    </>
  );
}

function SearchBox({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation('reports');
  const [text, setText] = useState(search);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => onSearch(text.trim()), typingPause);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only typing may start the pause
  }, [text]);
  return (
    <div className={styles['search']}>
      <SearchField label={t('list.search')} placeholder={t('list.searchHint')} value={text} onChange={setText} />
    </div>
  );
}

function ReportTable({ reports }: { reports: readonly ReportSummary[] }) {
  const { t } = useTranslation('reports');
  return (
    <DataTable
      label={t('tabs.reports')}
      rows={reports}
      keyOf={({ id }) => id}
      empty={t('list.none')}
      columns={[
        { id: 'patient', name: t('worklist:columns.patient'), cell: ({ study }) => <PatientCell study={study} /> },
        {
          id: 'study',
          name: t('list.study'),
          cell: (report) => (
            <>
              <StudyCell study={report.study} />
              <Snippet text={report.snippet} />
            </>
          ),
        },
        { id: 'status', name: t('list.status'), cell: (report) => <Progress report={report} /> },
        { id: 'author', name: t('list.author'), cell: ({ author }) => <bdi>{visibleText(author.name)}</bdi> },
        { id: 'changed', name: t('list.changed'), cell: ({ updated_at }) => formatMoment(updated_at) },
        {
          id: 'actions',
          name: t('admin:actions'),
          hideName: true,
          cell: ({ study }) => (
            <span className={styles['actions']}>
              <a href={`/viewer/${study.study_instance_uid}`}>{t('list.images')}</a>
              <a href={`/reports/?study=${study.id}`}>{t('list.open')}</a>
            </span>
          ),
        },
      ]}
    />
  );
}

function Progress({ report }: { report: ReportSummary }) {
  const { t } = useTranslation('reports');
  const { status, editing, editor, signature } = report;
  return (
    <span className={styles['marks']}>
      <StatusBadge status={status} />
      {editing && status !== 'draft' && <Badge tone="warning">{t('list.inWork')}</Badge>}
      {editor !== null && <Badge>{t('list.editor', { name: visibleText(editor.name) })}</Badge>}
      {signature?.intact === false && <Badge tone="danger">{t('signature.broken')}</Badge>}
    </span>
  );
}

function Snippet({ text }: { text: string | null }) {
  if (text === null || text === '') return null;
  return (
    <p className={styles['snippet']} dir="auto">
      {piecesOfSnippet(text).map((piece, index) =>
        piece.isHit ? <mark key={index}>{visibleText(piece.text)}</mark> : visibleText(piece.text),
      )}
    </p>
  );
}
