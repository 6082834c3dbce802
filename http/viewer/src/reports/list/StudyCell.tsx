import { formatAge, formatDate } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { PatientName } from '@/worklist/PatientName';
import { UrgencyBadges } from '../UrgencyBadges';
import type { StudyRow } from '../types';
import styles from './list.module.css';

/** The patient of a study, as lists show it. */
export function PatientCell({ study }: { study: StudyRow }) {
  const { patient } = study;
  const who = [visibleText(patient.patient_id), formatAge(patient.birth_date, study.study_date), patient.sex];
  return (
    <span className={styles['study']}>
      <PatientName name={patient.patient_name} />
      <span className={styles['quiet']}>{who.filter(Boolean).join(' · ')}</span>
    </span>
  );
}

/** What was examined, as lists show it. */
export function StudyCell({ study }: { study: StudyRow }) {
  const what = [study.modalities.join('/'), study.study_description].filter(Boolean).map(visibleText);
  return (
    <span className={styles['study']}>
      <bdi>{what.join(' · ')}</bdi>
      <span className={styles['quiet']}>{formatDate(study.study_date)}</span>
      <span className={styles['marks']}>
        <UrgencyBadges study={study} />
      </span>
    </span>
  );
}
