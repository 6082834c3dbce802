import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyAnalyses as Analyses } from '@/api/analyses';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import { Checkbox } from '@/ui/Field';
import { seriesTitle } from '../annotations/groups';
import { dateText } from '../study/dates';
import type { Study } from '../study/model';
import { groupRuns, untouchedSeries, type SeriesRuns } from './grouping';
import { RunCard } from './RunCard';
import { StudyState } from './StudyState';
import { useAnalyses } from './useAnalyses';
import styles from './Analyses.module.css';

interface StudyAnalysesProps {
  study: Study;
  /** Whether its heading is needed to tell it from others. */
  isNamed: boolean;
  isCompared: boolean;
}

/** What analysers found in a study, by series and analyser. */
export function StudyAnalyses({ study, isNamed, isCompared }: StudyAnalysesProps) {
  const { t } = useTranslation('analyses');
  const [withSuperseded, setWithSuperseded] = useState(false);
  const { data, error, refetch } = useAnalyses(study.uid, withSuperseded);
  const heading = [t(isCompared ? 'viewer:rail.compared' : 'viewer:rail.current'), dateText(study.date)];
  return (
    <section className={styles['study']} aria-label={t('ofStudy', { study: heading.join(' ') })}>
      {isNamed && <h3 className={styles['heading']}>{heading.join(' · ')}</h3>}
      {error !== null && (
        <div role="alert" className={styles['failure']}>
          <p>{error.message}</p>
          <Button onPress={() => void refetch()}>{t('shell:failure.again')}</Button>
        </div>
      )}
      {data === undefined && error === null && <Busy label={t('loading')} />}
      {data !== undefined && (
        <>
          <StudyState study={study} analyses={data} />
          {groupRuns(data.results, study.series).map((group) => (
            <SeriesSection key={group.seriesUid} study={study} group={group} />
          ))}
          <Untouched study={study} analyses={data} />
          {data.results.length > 0 && (
            <div className={styles['state']}>
              <Checkbox isSelected={withSuperseded} onChange={setWithSuperseded}>
                {t('earlier')}
              </Checkbox>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function SeriesSection({ study, group: { series, runs } }: { study: Study; group: SeriesRuns }) {
  const { t } = useTranslation('analyses');
  const name = series === undefined ? t('goneSeries') : seriesTitle(series, t);
  return (
    <section className={styles['series']} aria-label={name}>
      <h3 className={styles['seriesName']}>
        <bdi>{name}</bdi>
      </h3>
      {runs.map((run) => (
        <RunCard key={run.id} study={study} run={run} />
      ))}
    </section>
  );
}

/** The series that no analyser takes: that is something else than nothing found. */
function Untouched({ study, analyses: { state, results } }: { study: Study; analyses: Analyses }) {
  const { t } = useTranslation('analyses');
  const series = state === 'done' && results.length > 0 ? untouchedSeries(results, study.series) : [];
  if (series.length === 0) return null;
  return (
    <section className={styles['series']} aria-label={t('untouched')}>
      <h3 className={styles['seriesName']}>{t('untouched')}</h3>
      <ul className={styles['untouched']}>
        {series.map((one) => (
          <li key={one.uid}>
            <bdi>{seriesTitle(one, t)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
