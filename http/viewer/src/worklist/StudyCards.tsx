import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Info } from 'lucide-react';
import { GridList, GridListItem, type Selection } from 'react-aria-components';
import { formatAge, formatDate, formatNumber, formatTime } from '@/shell/format';
import { nameInLine } from '@/shell/personName';
import { visibleText } from '@/shell/visibleText';
import { IconButton } from '@/ui/Button';
import { SelectionBox } from '@/ui/SelectionBox';
import { AlertBadge } from './AlertBadge';
import { Modalities } from './columns';
import type { Study } from './filters';
import { PatientName } from './PatientName';
import { ReportCell } from './ReportCell';
import { PriorityCell, StatusCell } from './StatusCell';
import styles from './StudyCards.module.css';

interface StudyCardsProps {
  studies: readonly Study[];
  selected: Selection;
  onSelect: (selected: Selection) => void;
  onOpen: (id: number) => void;
  /** Shows what there is to know of a study. */
  onDetails: (study: Study) => void;
  empty: ReactNode;
}

/** The studies of a page as cards, for narrow screens. A touch opens one. */
export function StudyCards({ studies, selected, onSelect, onOpen, onDetails, empty }: StudyCardsProps) {
  const { t } = useTranslation('worklist');
  return (
    <GridList
      className={styles['cards'] ?? ''}
      aria-label={t('title')}
      items={studies}
      dependencies={[t]}
      selectionMode="multiple"
      selectedKeys={selected}
      onSelectionChange={onSelect}
      onAction={(key) => onOpen(Number(key))}
      renderEmptyState={() => empty}
    >
      {(study) => (
        <GridListItem
          className={styles['card'] ?? ''}
          textValue={nameInLine(study.patient.patient_name) || t('unnamed')}
        >
          <SelectionBox label={t('selectStudy')} />
          <Facts study={study} />
          <IconButton label={t('details.label')} onPress={() => onDetails(study)}>
            <Info />
          </IconButton>
        </GridListItem>
      )}
    </GridList>
  );
}

function Facts({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const { patient } = study;
  const who = [visibleText(patient.patient_id), formatAge(patient.birth_date, study.study_date), patient.sex];
  const when = [formatDate(study.study_date), formatTime(study.study_time), visibleText(study.study_description)];
  return (
    <div className={styles['facts']}>
      <PatientName name={patient.patient_name} />
      <span className={styles['quiet']}>{who.filter(Boolean).join(' · ')}</span>
      <span>{when.filter(Boolean).join(' · ')}</span>
      <span className={styles['marks']}>
        <Modalities study={study} />
        <span className={styles['quiet']}>
          {t('details.images', { count: study.number_of_instances, number: formatNumber(study.number_of_instances) })}
        </span>
        <StatusCell study={study} />
        <PriorityCell study={study} />
        <AlertBadge study={study} />
        <ReportCell study={study} />
      </span>
    </div>
  );
}
