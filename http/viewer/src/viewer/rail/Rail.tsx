import { useTranslation } from 'react-i18next';
import { useViewer } from '../state';
import { Priors } from './Priors';
import { StudySection } from './StudySection';
import styles from './Rail.module.css';

/** The series of the open studies. */
export function Rail() {
  const { t } = useTranslation('viewer');
  const studies = useViewer((state) => state.studies);
  return (
    <nav className={styles['rail']} aria-label={t('rail.label')}>
      {studies.map((study, index) => (
        <StudySection key={study.uid} study={study} isCompared={index > 0} />
      ))}
      <Priors />
    </nav>
  );
}
