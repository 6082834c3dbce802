import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAge, formatBytes, formatDate, formatMoment, formatTime } from '@/shell/format';
import { nameInLine } from '@/shell/personName';
import { visibleText } from '@/shell/visibleText';
import { IconButton } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { AlertBadge } from './AlertBadge';
import { Modalities } from './columns';
import type { Study } from './filters';
import { PatientName } from './PatientName';
import { SeriesList } from './SeriesList';
import { useSeries } from './series';
import { PriorityCell, StatusCell } from './StatusCell';
import { Thumbnail } from './Thumbnail';
import styles from './Details.module.css';

/** What there is to know of one study before it is opened. */
export function Details({ study, onClose }: { study: Study; onClose?: () => void }) {
  const { t } = useTranslation('worklist');
  const { data: series, error, isPending } = useSeries(study.study_instance_uid, study.number_of_instances);
  const [chosen, setChosen] = useState<string>();
  const previewed = series?.find(({ uid }) => uid === chosen) ?? series?.[0];
  return (
    <section
      className={styles['details']}
      aria-label={t('details.label')}
      data-alone={onClose === undefined || undefined}
    >
      <header className={styles['head']}>
        <h2>
          <PatientName name={study.patient.patient_name} />
        </h2>
        {onClose !== undefined && (
          <IconButton label={t('details.hide')} keys="d" onPress={onClose}>
            <X />
          </IconButton>
        )}
      </header>
      <div className={styles['marks']}>
        <Modalities study={study} />
        <StatusCell study={study} />
        <PriorityCell study={study} />
        <AlertBadge study={study} />
      </div>
      {study.alert != null && study.alert_reason != null && <p>{visibleText(study.alert_reason)}</p>}
      {previewed !== undefined && (
        <figure className={styles['preview']}>
          <Thumbnail source={previewed.thumbnail(512)} alt={t('details.preview')} size={320} />
        </figure>
      )}
      {isPending && <Busy label={t('details.loading')} />}
      {error !== null && <p role="alert">{error.message}</p>}
      {series !== undefined && (
        <SeriesList series={series} study={study} chosen={previewed?.uid} onChoose={setChosen} />
      )}
      <Facts study={study} />
    </section>
  );
}

function Facts({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const { patient } = study;
  const age = formatAge(patient.birth_date, study.study_date);
  const facts: readonly [string, string][] = [
    [t('columns.patientId'), visibleText(patient.patient_id)],
    [t('columns.birthDate'), [formatDate(patient.birth_date), age && `(${age})`].filter(Boolean).join(' ')],
    [t('columns.sex'), patient.sex === '' ? '' : t(`sex.${patient.sex}`)],
    [t('columns.studyDate'), `${formatDate(study.study_date)} ${formatTime(study.study_time)}`.trim()],
    [t('columns.description'), visibleText(study.study_description)],
    [t('columns.bodyPart'), visibleText(study.body_part)],
    [t('columns.accession'), visibleText(study.accession_number)],
    [t('columns.referring'), nameInLine(study.referring_physician)],
    [t('columns.facility'), visibleText(study.facility.name)],
    [t('columns.size'), formatBytes(study.storage_size)],
    [t('columns.arrived'), formatMoment(study.upload_date)],
    [t('columns.assigned'), visibleText(study.assigned_to?.name ?? '')],
    [t('columns.report'), study.report_status === null ? '' : t(`report.${study.report_status}`, study.report_status)],
    [t('columns.ai'), study.ai_status === null ? '' : t(`ai.${study.ai_status}`, { defaultValue: study.ai_status })],
    ['Study Instance UID', study.study_instance_uid],
  ];
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
