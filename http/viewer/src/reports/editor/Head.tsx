import { Copy, FileSearch, Images, LockOpen, PenLine, Signature } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fetchGuarded } from '@/api/client';
import { may } from '@/api/session';
import { copyText } from '@/shell/copyText';
import { formatAge, formatDate, formatTime } from '@/shell/format';
import { notify, notifyFailure } from '@/shell/notices';
import { nameInLine } from '@/shell/personName';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { Button, IconButton } from '@/ui/Button';
import { Modalities } from '@/worklist/columns';
import { PatientName } from '@/worklist/PatientName';
import { versionPath } from '../requests';
import { StatusBadge } from '../StatusBadge';
import { UrgencyBadges } from '../UrgencyBadges';
import type { Report } from '../types';
import { showDialog, useDialog } from './dialogs';
import { PreviewDialog } from './PreviewDialog';
import { SaveStatus } from './SaveStatus';
import { amend, claim, flush, isOthers } from './session';
import { SignDialog } from './SignDialog';
import { isWritable, useOpen } from './store';
import { TemplateMenu } from './TemplateMenu';
import styles from './Head.module.css';

/** Whose report this is and of what, how far it is, and what can be done with it. */
export function Head() {
  const { t } = useTranslation('reports');
  const report = useOpen((open) => open.report);
  const isEditing = useOpen((open) => open.isEditing);
  const writable = useOpen(isWritable);
  const dialog = useDialog((state) => state.shown);
  const { study } = report;
  return (
    <header className={styles['head']}>
      <div className={styles['who']}>
        <h1>
          <PatientName name={study.patient.patient_name} />
        </h1>
        <p className={styles['facts']}>
          <Facts report={report} />
        </p>
        <div className={styles['marks']}>
          <Modalities study={study} />
          <UrgencyBadges study={study} />
          <StatusBadge status={report.status} />
          {report.version > 0 && <Badge tone="quiet">{t('version', { number: report.version })}</Badge>}
          {report.editing && report.version > 0 && <Badge tone="warning">{t('list.inWork')}</Badge>}
        </div>
      </div>
      <div className={styles['tools']} role="toolbar" aria-label={t('tools')}>
        <SaveStatus />
        {writable && <TemplateMenu />}
        <a className={styles['link']} href={`/viewer/${study.study_instance_uid}`} target="_blank" rel="noreferrer">
          <Images aria-hidden /> {t('list.images')}
        </a>
        <IconButton label={t('preview.open')} keys="Alt+p" onPress={() => showDialog('preview')}>
          <FileSearch />
        </IconButton>
        <IconButton label={t('copyText')} onPress={() => void copyReport(report, isEditing)}>
          <Copy />
        </IconButton>
        <Begin />
        {may('report.sign') && isEditing && (
          <Button kind="primary" isDisabled={!writable} onPress={() => showDialog('sign')}>
            <Signature aria-hidden /> {t('sign.open')}
          </Button>
        )}
      </div>
      {dialog === 'sign' && <SignDialog onClose={() => showDialog(null)} />}
      {dialog === 'preview' && <PreviewDialog onClose={() => showDialog(null)} />}
    </header>
  );
}

function Facts({ report: { study } }: { report: Report }) {
  const { t } = useTranslation('reports');
  const { patient } = study;
  const age = formatAge(patient.birth_date, study.study_date);
  const facts = [
    visibleText(patient.patient_id),
    patient.birth_date === null ? '' : `${formatDate(patient.birth_date)}${age === '' ? '' : ` (${age})`}`,
    patient.sex === '' ? '' : t(`worklist:sex.${patient.sex}`),
    visibleText(study.study_description),
    `${formatDate(study.study_date)} ${formatTime(study.study_time)}`.trim(),
    visibleText(study.accession_number),
    nameInLine(study.referring_physician),
  ].filter(Boolean);
  return facts.map((fact, index) => (
    <span key={index}>
      <bdi>{fact}</bdi>
    </span>
  ));
}

/** The way from reading to writing: continue, take over, amend. */
function Begin() {
  const { t } = useTranslation('reports');
  const report = useOpen((open) => open.report);
  const isEditing = useOpen((open) => open.isEditing);
  if (isEditing || !may('report.write')) return null;
  const run = (begin: () => Promise<void>) => () =>
    void begin().catch((error: unknown) => notifyFailure(t('editFailed'), error));
  if (isOthers(report))
    return (
      <Button onPress={run(() => claim(true))}>
        <LockOpen aria-hidden /> {t('takeOver')}
      </Button>
    );
  const isFinal = (report.status === 'final' || report.status === 'amended') && !report.editing;
  return (
    <Button kind="primary" onPress={run(() => (isFinal ? amend() : claim(false)))}>
      <PenLine aria-hidden /> {t(isFinal ? 'amend' : 'edit')}
    </Button>
  );
}

async function copyReport(report: Report, isEditing: boolean): Promise<void> {
  const { t } = await import('i18next');
  try {
    await flush();
    const version = isEditing || report.version === 0 ? 0 : report.version;
    await copyText(await (await fetchGuarded(versionPath(report.id, version, 'text'))).text());
    notify({ kind: 'success', text: t('reports:copied') });
  } catch (error) {
    notifyFailure(t('reports:copyFailed'), error);
  }
}
