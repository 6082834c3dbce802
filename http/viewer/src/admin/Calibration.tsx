import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readCalibration, type CalibrationPoint } from '@/api/analyses';
import { formatMoment, formatNumber } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import { DataTable } from '@/ui/DataTable';
import { Select } from '@/ui/Field';
import { CalibrationChart } from './CalibrationChart';
import { Card } from './Card';
import { DaysChoice } from './DaysChoice';
import { byMaterial, byStation } from './calibrationGroups';
import { Polled } from './Polled';
import { figuresEvery, usePolled } from './polling';
import chart from './Calibration.module.css';
import styles from './admin.module.css';

const periods = [30, 90, 365, 1825] as const;

/** How true scanners measure density: HU of phantoms over time, by station and material. */
export function Calibration() {
  const { t } = useTranslation('admin');
  const [days, setDays] = useState<(typeof periods)[number]>(365);
  const [chosen, setChosen] = useState('');
  const query = usePolled(['calibration', days], (signal) => readCalibration(days, { signal }), figuresEvery);
  return (
    <Polled query={query}>
      {({ results }) => {
        const stations = byStation(results);
        const station = stations.find(({ name }) => name === chosen) ?? stations[0];
        return (
          <>
            <div className={styles['bar']}>
              <DaysChoice options={periods} value={days} onChange={setDays} />
              {station !== undefined && (
                <Select
                  label={t('calibration.station')}
                  options={stations.map(({ name }) => ({
                    id: name,
                    name: visibleText(name) || t('calibration.noName'),
                  }))}
                  value={station.name}
                  onChange={setChosen}
                />
              )}
            </div>
            {station === undefined ? (
              <p>{t('calibration.none')}</p>
            ) : (
              <>
                <Legend />
                <div className={chart['charts']}>
                  {byMaterial(station.points).map(({ name, points }) => (
                    <Material key={name} station={station.name} name={name} points={points} />
                  ))}
                </div>
              </>
            )}
          </>
        );
      }}
    </Polled>
  );
}

function Legend() {
  const { t } = useTranslation('admin');
  return (
    <p className={`${chart['legend']} ${styles['note']}`}>
      <span>
        <svg viewBox="0 0 16 16" aria-hidden>
          <circle className={chart['within']} cx="8" cy="8" r="4" />
        </svg>
        {t('calibration.within')}
      </span>
      <span>
        <svg viewBox="0 0 16 16" aria-hidden>
          <path className={chart['outside']} d="M8 1l7 13h-14z" />
        </svg>
        {t('calibration.outside')}
      </span>
      <span>
        <svg viewBox="0 0 16 16" aria-hidden>
          <rect className={chart['band']} width="16" height="16" />
          <path className={chart['expected']} d="M0 8h16" />
        </svg>
        {t('calibration.band')}
      </span>
    </p>
  );
}

interface MaterialProps {
  station: string;
  name: string;
  points: readonly CalibrationPoint[];
}

/** The most measurements that a table shows. */
const listed = 200;

function Material({ station, name, points }: MaterialProps) {
  const { t } = useTranslation('admin');
  const material = t(`calibration.materials.${name}`, { defaultValue: visibleText(name) });
  const outside = points.filter((point) => !point.within_tolerance).length;
  const last = points.at(-1);
  const label = t('calibration.summary', {
    material,
    station: visibleText(station),
    count: points.length,
    outside: formatNumber(outside),
    last: formatNumber(last?.measured_hu ?? 0, 1),
    expected: formatNumber(last?.expected_hu ?? 0, 1),
    tolerance: formatNumber(last?.tolerance_hu ?? 0, 1),
  });
  return (
    <Card title={material}>
      <p>
        {last !== undefined && !last.within_tolerance && <Badge tone="danger">{t('calibration.outside')}</Badge>}{' '}
        {label}
      </p>
      <CalibrationChart label={label} points={points} />
      <details className={chart['table']}>
        <summary>{t('calibration.asTable')}</summary>
        <DataTable
          label={material}
          rows={points.toReversed().slice(0, listed)}
          keyOf={({ at, series_instance_uid: series, measured_hu }) => `${at} ${series} ${measured_hu}`}
          empty={t('calibration.none')}
          columns={[
            { id: 'at', name: t('calibration.at'), cell: ({ at }) => formatMoment(at) },
            {
              id: 'measured',
              name: t('calibration.measured'),
              isNumber: true,
              cell: ({ measured_hu }) => formatNumber(measured_hu, 1),
            },
            {
              id: 'expected',
              name: t('calibration.expected'),
              isNumber: true,
              cell: ({ expected_hu, tolerance_hu }) =>
                `${formatNumber(expected_hu, 1)} ± ${formatNumber(tolerance_hu, 1)}`,
            },
            {
              id: 'state',
              name: t('calibration.state'),
              cell: ({ within_tolerance: isWithin }) => (
                <Badge tone={isWithin ? 'success' : 'danger'}>
                  {t(isWithin ? 'calibration.within' : 'calibration.outside')}
                </Badge>
              ),
            },
            {
              id: 'study',
              name: t('jobs.study'),
              cell: ({ study_instance_uid: uid }) => <a href={`/viewer/${uid}`}>{t('jobs.openStudy')}</a>,
            },
          ]}
        />
      </details>
    </Card>
  );
}
