import { Check, Crosshair, Undo2, X } from 'lucide-react';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putVerdict, type AnalysisRun, type Finding, type Verdict } from '@/api/analyses';
import { may } from '@/api/session';
import { formatMoment } from '@/shell/format';
import { notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { IconButton } from '@/ui/Button';
import type { Study } from '../study/model';
import { codeText, siteText, valueTexts } from './findingText';
import { jumpToFinding } from './jumpToFinding';
import { setMarker, useMarker } from './marker';
import { useKeepFinding } from './useAnalyses';
import styles from './Analyses.module.css';

interface FindingRowProps {
  study: Study;
  run: AnalysisRun;
  finding: Finding;
}

/** What was measured or marked, where, and what a reader thinks of it. */
export function FindingRow({ study, run, finding }: FindingRowProps) {
  const { t } = useTranslation('analyses');
  const isMarked = useMarker(({ marker }) => marker?.finding === finding.id);
  const values = valueTexts(finding, i18next.t);
  const site = siteText(finding, i18next.t);
  const name = codeText(finding.code, i18next.t);
  const whole = [name, ...values, site].filter(Boolean).join(', ');
  return (
    <li
      className={styles['finding']}
      data-finding={finding.id}
      data-verdict={finding.verdict ?? undefined}
      data-marked={isMarked || undefined}
    >
      <div className={styles['what']}>
        <bdi className={styles['name']}>{name}</bdi>
        {values.length > 0 && <span className={styles['value']}>{values.join(' · ')}</span>}
        {site !== '' && <bdi className={styles['quiet']}>{site}</bdi>}
        {finding.verdict !== null && (
          <span className={styles['quiet']}>
            {t(`by.${finding.verdict}`, {
              name: visibleText(finding.verdict_by ?? ''),
              moment: formatMoment(finding.verdict_at),
            })}
          </span>
        )}
      </div>
      <div className={styles['ways']} role="group" aria-label={t('ways', { name: whole })}>
        {finding.position !== null && (
          <IconButton label={t('jump', { name })} onPress={() => void jumpToFinding(run, finding)}>
            <Crosshair />
          </IconButton>
        )}
        {may('annotation.write') && <Verdicts study={study} finding={finding} name={whole} />}
      </div>
    </li>
  );
}

function Verdicts({ study, finding, name }: { study: Study; finding: Finding; name: string }) {
  const { t } = useTranslation('analyses');
  const keep = useKeepFinding(study.uid);
  const [isBusy, setBusy] = useState(false);
  const judge = async (verdict: Verdict | null) => {
    setBusy(true);
    try {
      const judged = await putVerdict(finding.id, verdict);
      keep(judged);
      const { marker } = useMarker.getState();
      if (marker?.finding === judged.id) setMarker({ ...marker, isRejected: judged.verdict === 'rejected' });
    } catch (error) {
      notifyFailure(t('verdictFailed'), error, { label: t('shell:failure.again'), run: () => void judge(verdict) });
    }
    setBusy(false);
  };
  const toggle = (verdict: Verdict) => void judge(finding.verdict === verdict ? null : verdict);
  return (
    <>
      <IconButton
        label={t('accept', { name })}
        isPressed={finding.verdict === 'accepted'}
        isDisabled={isBusy}
        onPress={() => toggle('accepted')}
      >
        <Check />
      </IconButton>
      <IconButton
        label={t('reject', { name })}
        isPressed={finding.verdict === 'rejected'}
        isDisabled={isBusy}
        onPress={() => toggle('rejected')}
      >
        <X />
      </IconButton>
      {finding.verdict !== null && (
        <IconButton label={t('withdraw', { name })} isDisabled={isBusy} onPress={() => void judge(null)}>
          <Undo2 />
        </IconButton>
      )}
    </>
  );
}
