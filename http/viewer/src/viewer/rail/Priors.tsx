import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { compareWith } from '../page/openAddress';
import { useViewer } from '../state';
import { dateText } from '../study/dates';
import { fetchPriors } from '../study/priors';
import styles from './Rail.module.css';

/** The patient's other studies; a click opens one beside the current one. */
export function Priors() {
  const { t } = useTranslation('viewer');
  const studies = useViewer((state) => state.studies);
  const patient = studies[0]?.patient;
  const { data, error } = useQuery({
    queryKey: ['priors', patient],
    queryFn: () => (patient === undefined ? [] : fetchPriors(patient, [])),
    enabled: patient !== undefined,
    staleTime: 60_000,
  });
  if (error !== null) return <p className={styles['failed']}>{t('rail.priorsFailed')}</p>;
  const others = (data ?? []).filter(({ uid }) => !studies.some((study) => study.uid === uid));
  if (others.length === 0) return null;
  return (
    <section className={styles['study']} aria-label={t('rail.priors')}>
      <h2 className={styles['heading']}>
        <span className={styles['role']}>{t('rail.priors')}</span>
      </h2>
      <ul className={styles['series']}>
        {others.map(({ uid, date, description, modalities, images }) => (
          <li key={uid}>
            <button type="button" className={styles['prior']} onClick={() => void compareWith(uid)}>
              <GitCompareArrows aria-hidden />
              <span className={styles['text']}>
                <span>{dateText(date) || t('rail.noDate')}</span>
                <bdi className={styles['name']}>{description}</bdi>
                <span className={styles['quiet']}>
                  {modalities.join(', ')} · {t('rail.count', { count: images })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
