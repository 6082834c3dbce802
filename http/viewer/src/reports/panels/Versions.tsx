import { useQuery } from '@tanstack/react-query';
import { Download, FileSearch, GitCompare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadFrom } from '@/shell/download';
import { Button, IconButton } from '@/ui/Button';
import { Select } from '@/ui/Field';
import { DifferencesDialog } from '../editor/Differences';
import { PreviewDialog } from '../editor/PreviewDialog';
import { SignatureView } from '../editor/SignatureBlock';
import { useOpen } from '../editor/store';
import { listVersions, versionPath } from '../requests';
import type { ReportContent, ReportVersion } from '../types';
import { Items } from './Items';
import styles from './panels.module.css';

/** The versions that were signed, newest first, and what was changed from one to another. */
export function Versions() {
  const { t } = useTranslation('reports');
  const report = useOpen((open) => open.report);
  const query = useQuery({
    queryKey: ['report-versions', report.id, report.version],
    queryFn: ({ signal }) => listVersions(report.id, signal),
  });
  return (
    <div className={styles['panel']}>
      <Items query={query}>
        {({ results }) => {
          if (results.length === 0) return <p className={styles['quiet']}>{t('versions.none')}</p>;
          return (
            <>
              <Compare versions={results} />
              {results.toReversed().map((version) => (
                <Version key={version.version} report={report.id} version={version} />
              ))}
            </>
          );
        }}
      </Items>
    </div>
  );
}

function Version({ report, version }: { report: number; version: ReportVersion }) {
  const { t } = useTranslation('reports');
  const [isShown, setShown] = useState(false);
  const name = t('version', { number: version.version });
  return (
    <section className={styles['version']} aria-label={name}>
      <div className={styles['row']}>
        <h3>{name}</h3>
        <IconButton label={t('versions.preview', { name })} onPress={() => setShown(true)}>
          <FileSearch />
        </IconButton>
        <IconButton
          label={t('versions.download', { name })}
          onPress={() =>
            downloadFrom(versionPath(report, version.version, 'pdf'), `report-${report}-${version.version}.pdf`)
          }
        >
          <Download />
        </IconButton>
      </div>
      <SignatureView signature={version.signature} status={version.status} />
      <span className={styles['quiet']}>
        {t(version.document_uid === null ? 'versions.notInStudy' : 'versions.inStudy')}
      </span>
      {isShown && <PreviewDialog version={version.version} onClose={() => setShown(false)} />}
    </section>
  );
}

/** Asks for two versions and shows how they differ; the draft is one as well. */
function Compare({ versions }: { versions: readonly ReportVersion[] }) {
  const { t } = useTranslation('reports');
  const draft = useOpen((open) => open.content);
  const isEditing = useOpen((open) => open.isEditing);
  const all: { id: string; name: string; content: ReportContent }[] = [
    ...versions.map(({ version, content }) => ({
      id: String(version),
      name: t('version', { number: version }),
      content,
    })),
    ...(isEditing ? [{ id: 'draft', name: t('status.draft'), content: draft }] : []),
  ];
  const [older, setOlder] = useState<string | null>(null);
  const [newer, setNewer] = useState<string | null>(null);
  const [isShown, setShown] = useState(false);
  if (all.length < 2) return null;
  const before = all.find(({ id }) => id === older) ?? all.at(-2);
  const after = all.find(({ id }) => id === newer) ?? all.at(-1);
  return (
    <div className={styles['form']}>
      <Select label={t('versions.older')} options={all} value={before?.id ?? null} onChange={setOlder} />
      <Select label={t('versions.newer')} options={all} value={after?.id ?? null} onChange={setNewer} />
      <div className={styles['row']}>
        <Button onPress={() => setShown(true)}>
          <GitCompare aria-hidden /> {t('differences.show')}
        </Button>
      </div>
      {isShown && before !== undefined && after !== undefined && (
        <DifferencesDialog
          title={t('versions.from', { before: before.name, after: after.name })}
          before={before.content}
          after={after.content}
          onClose={() => setShown(false)}
        />
      )}
    </div>
  );
}
