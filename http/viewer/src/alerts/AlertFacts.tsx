import { useTranslation } from 'react-i18next';
import type { Alert } from '@/api/analyses';
import { formatMoment } from '@/shell/format';
import { nameInLine } from '@/shell/personName';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import styles from './Alerts.module.css';

function toneOf({ state, level }: Alert): Tone {
  if (state === 'acknowledged') return 'quiet';
  return level === 'critical' ? 'danger' : 'warning';
}

/** Why an alert was raised, of whom, when, and who took it upon themselves. */
export function AlertFacts({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts');
  const { state, level, reason, patient_name, patient_id, study_description, raised_at, note } = alert;
  const who = [visibleText(patient_id), visibleText(study_description)].filter(Boolean).join(' · ');
  return (
    <div className={styles['facts']}>
      <span className={styles['who']}>
        <Badge tone={toneOf(alert)}>{t(state === 'acknowledged' ? 'acknowledged' : `level.${level}`)}</Badge>
        <strong>
          <bdi>{nameInLine(patient_name) || t('unnamed')}</bdi>
        </strong>
      </span>
      <bdi className={styles['quiet']}>{who}</bdi>
      <bdi>{visibleText(reason)}</bdi>
      <span className={styles['quiet']}>{t('raisedAt', { moment: formatMoment(raised_at) })}</span>
      {alert.acknowledged_at !== null && (
        <span className={styles['quiet']}>
          {t('acknowledgedBy', { name: alert.acknowledged_by ?? '', moment: formatMoment(alert.acknowledged_at) })}
        </span>
      )}
      {note !== '' && <bdi>{t('noted', { note: visibleText(note) })}</bdi>}
    </div>
  );
}
