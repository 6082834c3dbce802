import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAge, formatBytes, formatDate, formatMoment, formatNumber, formatTime } from '@/shell/format';
import { nameInLine } from '@/shell/personName';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { AiCell } from './AiCell';
import { Assignee } from './Assignee';
import type { ColumnId } from './columnIds';
import type { Ordering, Study } from './filters';
import { PatientName } from './PatientName';
import { ReportCell } from './ReportCell';
import { PriorityCell, StatusCell } from './StatusCell';
import styles from './columns.module.css';

export interface ColumnDefinition {
  cell: (study: Study) => ReactNode;
  /** What the server sorts by; left out where it does not. */
  sort?: Extract<Ordering, 'study_date' | 'patient_name' | 'upload_date' | 'priority' | 'modality'>;
  /** Numbers stand at the end of their column. */
  isNumber?: boolean;
}

function Words({ children, width }: { children: string; width: number }) {
  return (
    <bdi className={styles['words']} style={{ maxWidth: `${width}ch` }} title={children}>
      {children}
    </bdi>
  );
}

function Sex({ sex }: { sex: Study['patient']['sex'] }) {
  const { t } = useTranslation('worklist');
  return sex === '' ? null : <abbr title={t(`sex.${sex}`)}>{t(`sexShort.${sex}`)}</abbr>;
}

export function Modalities({ study }: { study: Study }) {
  return (
    <span className={styles['badges']}>
      {study.modalities.map((modality) => (
        <Badge key={modality} tone="accent">
          {visibleText(modality)}
        </Badge>
      ))}
    </span>
  );
}

function When({ study }: { study: Study }) {
  return (
    <span className={styles['when']}>
      {formatDate(study.study_date)} <span className={styles['quiet']}>{formatTime(study.study_time)}</span>
    </span>
  );
}

/** Text of at most so many characters' width. */
const text = (read: (study: Study) => string | null, width = 24) => ({
  cell: (study: Study) => <Words width={width}>{visibleText(read(study) ?? '')}</Words>,
});

const number = (read: (study: Study) => number) => ({
  isNumber: true,
  cell: (study: Study) => formatNumber(read(study)),
});

export const columns: Readonly<Record<ColumnId, ColumnDefinition>> = {
  patient: { cell: ({ patient }) => <PatientName name={patient.patient_name} />, sort: 'patient_name' },
  patientId: text(({ patient }) => patient.patient_id, 14),
  birthDate: { cell: ({ patient }) => formatDate(patient.birth_date) },
  age: { cell: ({ patient, study_date }) => formatAge(patient.birth_date, study_date) },
  sex: { cell: ({ patient }) => <Sex sex={patient.sex} /> },
  studyDate: { cell: (study) => <When study={study} />, sort: 'study_date' },
  modality: { cell: (study) => <Modalities study={study} />, sort: 'modality' },
  description: text(({ study_description }) => study_description),
  bodyPart: text(({ body_part }) => body_part),
  accession: text(({ accession_number }) => accession_number, 16),
  series: number(({ number_of_series }) => number_of_series),
  instances: number(({ number_of_instances }) => number_of_instances),
  size: { isNumber: true, cell: ({ storage_size }) => formatBytes(storage_size) },
  status: { cell: (study) => <StatusCell study={study} /> },
  priority: { cell: (study) => <PriorityCell study={study} />, sort: 'priority' },
  facility: text(({ facility }) => facility.name),
  referring: text(({ referring_physician }) => nameInLine(referring_physician)),
  assigned: { cell: (study) => <Assignee study={study} /> },
  report: { cell: (study) => <ReportCell study={study} /> },
  ai: { cell: (study) => <AiCell study={study} /> },
  arrived: { cell: ({ upload_date }) => formatMoment(upload_date), sort: 'upload_date' },
};
