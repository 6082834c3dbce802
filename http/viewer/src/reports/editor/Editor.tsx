import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { may } from '@/api/session';
import { nameInLine } from '@/shell/personName';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import { SidePanel } from '../panels/SidePanel';
import { findStudy } from '../requests';
import type { StudyRow } from '../types';
import { Banners } from './Banners';
import { ConflictDialog } from './ConflictDialog';
import { Head } from './Head';
import { Sections } from './Sections';
import { closeEditor, openEditor } from './session';
import { useEditor } from './store';
import { useEditorKeys } from './useEditorKeys';
import styles from './Editor.module.css';

/** The report of the study with this row id or Study Instance UID. */
export default function Editor({ studyKey }: { studyKey: string }) {
  const { t } = useTranslation('reports');
  const {
    data: study,
    error,
    refetch,
  } = useQuery({
    queryKey: ['study-of-report', studyKey],
    queryFn: async () => (await findStudy(studyKey)) ?? null,
    staleTime: Infinity,
  });
  const isMissing = study === null || (error instanceof Problem && [400, 404].includes(error.status));
  if (isMissing) return <Nothing text={t('open.noStudy')} />;
  if (error !== null) return <Nothing text={error.message} onAgain={() => void refetch()} />;
  if (study === undefined) return <Busy label={t('open.loading')} />;
  return <StudyReport key={study.id} study={study} />;
}

function Nothing({ text, onAgain }: { text: string; onAgain?: () => void }) {
  const { t } = useTranslation('reports');
  return (
    <div className={styles['nothing']} role="alert">
      <title>{`${t('title')} · Noctis`}</title>
      <h1>{t('report')}</h1>
      <p>{text}</p>
      {onAgain !== undefined && <Button onPress={onAgain}>{t('admin:again')}</Button>}
      <a href="/reports/">{t('title')}</a>
    </div>
  );
}

function StudyReport({ study }: { study: StudyRow }) {
  const { t } = useTranslation('reports');
  const [failure, setFailure] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const isOpen = useEditor(({ open }) => open !== null);
  useEffect(() => {
    const leaving = new AbortController();
    openEditor(study, leaving.signal).then(
      (isThere) => {
        if (!leaving.signal.aborted && !isThere) setFailure(t('open.none'));
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      leaving.abort();
      closeEditor();
    };
  }, [study, turn, t]);
  if (failure !== null) {
    const again = () => {
      setFailure(null);
      setTurn(turn + 1);
    };
    return <Nothing text={failure} {...(may('report.write') && { onAgain: again })} />;
  }
  if (!isOpen) return <Busy label={t('open.loading')} />;
  return <Desk />;
}

function Desk() {
  const { t } = useTranslation('reports');
  const patient = useEditor(({ open }) => open?.report.study.patient.patient_name ?? '');
  useEditorKeys();
  return (
    <div className={styles['editor']}>
      <title>{`${t('report')}: ${nameInLine(patient) || t('worklist:unnamed')} · Noctis`}</title>
      <Head />
      <div className={styles['desk']}>
        <div className={styles['paper']}>
          <Banners />
          <Sections />
        </div>
        <aside className={styles['side']} aria-label={t('panels.label')}>
          <SidePanel />
        </aside>
      </div>
      <ConflictDialog />
    </div>
  );
}
