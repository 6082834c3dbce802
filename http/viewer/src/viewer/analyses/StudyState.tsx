import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { analyseAgain, type StudyAnalyses } from '@/api/analyses';
import { may } from '@/api/session';
import { notify, notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import type { Study } from '../study/model';
import { wordFor } from './grouping';
import { isUnderWay, useAnalysisJob, useReloadAnalyses } from './useAnalyses';
import styles from './Analyses.module.css';

interface StudyStateProps {
  study: Study;
  analyses: StudyAnalyses;
}

/** How far a study's analysis is or why it failed, and the way to have it analysed again. */
export function StudyState({ study, analyses }: StudyStateProps) {
  const { t } = useTranslation('analyses');
  const word = wordFor(analyses);
  return (
    <div className={styles['state']}>
      <div role="status" data-word={word}>
        {word === 'failed' ? (
          <Failed study={analyses.study_id} />
        ) : isUnderWay(analyses) ? (
          <UnderWay study={analyses.study_id} word={word} />
        ) : (
          <p>{t(`word.${word}`, { count: analyses.results.length })}</p>
        )}
      </div>
      {may('study.edit') && <AnalyseButton study={study} analyses={analyses} />}
    </div>
  );
}

function UnderWay({ study, word }: { study: number; word: string }) {
  const { t } = useTranslation('analyses');
  const { data: job } = useAnalysisJob(study);
  const isRunning = job?.state === 'running';
  return (
    <>
      <Busy label={t(`word.${isRunning ? 'running' : word}`)} value={isRunning ? job.progress : undefined} />
      {job != null && job.attempts > 1 && (
        <p className={styles['quiet']}>{t('attempt', { attempt: job.attempts, most: job.max_attempts })}</p>
      )}
      {job != null && job.error !== '' && <p className={styles['warning']}>{visibleText(job.error)}</p>}
    </>
  );
}

function Failed({ study }: { study: number }) {
  const { t } = useTranslation('analyses');
  const { data: job } = useAnalysisJob(study);
  const reason = visibleText(job?.error ?? '');
  return <p className={styles['failed']}>{[t('word.failed'), reason].filter(Boolean).join(' ')}</p>;
}

function AnalyseButton({ study, analyses }: StudyStateProps) {
  const { t } = useTranslation('analyses');
  const reload = useReloadAnalyses(study.uid);
  const [isBusy, setBusy] = useState(false);
  const analyse = async () => {
    setBusy(true);
    try {
      await analyseAgain(analyses.study_id);
      notify({ kind: 'info', text: t('queued') });
    } catch (error) {
      notifyFailure(t('analyseFailed'), error, { label: t('shell:failure.again'), run: () => void analyse() });
    }
    reload();
    setBusy(false);
  };
  return (
    <Button isDisabled={isBusy || isUnderWay(analyses)} onPress={() => void analyse()}>
      <ScanSearch aria-hidden /> {t(analyses.state === null ? 'analyse' : 'analyseAgain')}
    </Button>
  );
}
