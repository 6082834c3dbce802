import { TriangleAlert } from 'lucide-react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AnalysisRun } from '@/api/analyses';
import { formatDuration, formatMoment, formatNumber } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import type { Study } from '../study/model';
import { FindingRow } from './FindingRow';
import { analyserText, priorText } from './findingText';
import { RunOverlay } from './RunOverlay';
import styles from './Analyses.module.css';

/** Analysers that run on every series: what they measure is looked at on request. */
const isOfCourse: ReadonlySet<string> = new Set(['quality-control']);

/** Seconds below which a part of one counts. */
const short = 10;

function durationText(seconds: number): string {
  return seconds < short ? `${formatNumber(seconds, 1)} s` : formatDuration(seconds);
}

/** One run of an analyser: what it was given, what it warns of, what it found. */
export function RunCard({ study, run }: { study: Study; run: AnalysisRun }) {
  const { t } = useTranslation('analyses');
  const { analyser, state, urgent, urgency_reason, warnings, findings, superseded } = run;
  const name = analyserText(analyser, i18next.t);
  const candidates = findings.filter(({ kind }) => kind === 'candidate');
  const measurements = findings.filter(({ kind }) => kind === 'measurement');
  return (
    <article className={styles['run']} aria-label={name} data-run={run.id} data-analyser={analyser}>
      <header className={styles['runHead']}>
        <h4>{name}</h4>
        <Badge tone={state === 'failed' ? 'danger' : 'success'}>{t(`state.${state}`)}</Badge>
        {urgent && <Badge tone="danger">{t('urgent')}</Badge>}
        {superseded && <Badge tone="quiet">{t('superseded')}</Badge>}
      </header>
      <Provenance run={run} />
      {urgent && urgency_reason !== '' && <p className={styles['failed']}>{visibleText(urgency_reason)}</p>}
      {state === 'failed' && (
        <p className={styles['failed']}>{t('runFailed', { reason: visibleText(run.error) || t('noReason') })}</p>
      )}
      {warnings.length > 0 && (
        <ul className={styles['warnings']} aria-label={t('warnings')}>
          {warnings.map((warning) => (
            <li key={warning}>
              <TriangleAlert aria-hidden /> <bdi>{visibleText(warning)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {state === 'done' && findings.length === 0 && <p>{t('nothingFound')}</p>}
      {state === 'done' && findings.length > 0 && candidates.length === 0 && <p>{t('noPlaces')}</p>}
      <RunOverlay study={study} run={run} candidates={candidates} />
      <Findings title={t('places')} study={study} run={run} findings={candidates} />
      {measurements.length > 0 && (
        <details className={styles['measurements']} open={!isOfCourse.has(analyser)}>
          <summary>{t('measured', { count: measurements.length })}</summary>
          <Findings title={t('measurements')} study={study} run={run} findings={measurements} />
        </details>
      )}
    </article>
  );
}

function Provenance({ run }: { run: AnalysisRun }) {
  const { t } = useTranslation('analyses');
  const { version, seconds, started_at, input_digest } = run;
  const parts = [
    priorText(run, i18next.t),
    t('version', { version }),
    t('took', { time: durationText(seconds) }),
    formatMoment(started_at),
  ];
  return (
    <p className={styles['quiet']}>
      {parts.filter(Boolean).join(' · ')}
      {input_digest !== '' && (
        <>
          {' · '}
          <span title={input_digest}>{t('input', { digest: input_digest.slice(0, 12) })}</span>
        </>
      )}
    </p>
  );
}

interface FindingsProps {
  title: string;
  study: Study;
  run: AnalysisRun;
  findings: AnalysisRun['findings'];
}

function Findings({ title, study, run, findings }: FindingsProps) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles['findings']} aria-label={title}>
      {findings.map((finding) => (
        <FindingRow key={finding.id} study={study} run={run} finding={finding} />
      ))}
    </ul>
  );
}
