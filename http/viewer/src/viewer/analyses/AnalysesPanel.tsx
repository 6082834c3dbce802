import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../state';
import { setMarker } from './marker';
import { StudyAnalyses } from './StudyAnalyses';
import styles from './Analyses.module.css';

/** What analysers found in the open studies, to be accepted or rejected. */
export default function AnalysesPanel() {
  const { t } = useTranslation('analyses');
  const studies = useViewer((state) => state.studies);
  useEffect(() => () => setMarker(null), []);
  return (
    <div className={styles['panel']}>
      <p className={styles['disclaimer']}>{t('disclaimer')}</p>
      {studies.map((study, index) => (
        <StudyAnalyses key={study.uid} study={study} isNamed={studies.length > 1} isCompared={index > 0} />
      ))}
    </div>
  );
}
