import { useTranslation } from 'react-i18next';
import styles from './StudyLinks.module.css';

const listed = 5;

/** Ways to the studies that the uploads went to. */
export function StudyLinks({ studies }: { studies: readonly string[] }) {
  const { t } = useTranslation('upload');
  if (studies.length === 0) return null;
  return (
    <ul className={styles['links']}>
      {studies.slice(0, listed).map((uid, index) => (
        <li key={uid}>
          <a href={`/viewer/${uid}`} target="_blank" rel="noreferrer" title={uid}>
            {t('openStudy', { number: index + 1 })}
          </a>
        </li>
      ))}
      {studies.length > listed && (
        <li>
          <a href="/worklist/?ordering=-upload_date">{t('allStudies', { count: studies.length })}</a>
        </li>
      )}
    </ul>
  );
}
