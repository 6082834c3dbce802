import { useTranslation } from 'react-i18next';
import { X } from 'lucide-react';
import { IconButton } from '@/ui/Button';
import { stopComparing } from '../page/openAddress';
import { dateText } from '../study/dates';
import type { Study } from '../study/model';
import { SeriesCard } from './SeriesCard';
import styles from './Rail.module.css';

/** A study's heading and its series. */
export function StudySection({ study, isCompared }: { study: Study; isCompared: boolean }) {
  const { t } = useTranslation('viewer');
  return (
    <section className={styles['study']} data-study={study.uid}>
      <h2 className={styles['heading']}>
        <span className={styles['role']}>
          {t(isCompared ? 'rail.compared' : 'rail.current')}
          {isCompared && (
            <IconButton label={t('rail.stopComparing')} onPress={() => stopComparing(study.uid)}>
              <X />
            </IconButton>
          )}
        </span>
        <span className={styles['date']}>{dateText(study.date) || t('rail.noDate')}</span>
        <span className={styles['description']}>{study.description}</span>
      </h2>
      <ul className={styles['series']}>
        {study.series.map((series) => (
          <li key={series.uid}>
            <SeriesCard series={series} />
          </li>
        ))}
      </ul>
    </section>
  );
}
