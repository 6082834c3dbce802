import { useTranslation } from 'react-i18next';
import type { CalibrationPoint } from '@/api/analyses';
import { formatDate, formatNumber } from '@/shell/format';
import { layOut, type Area } from './chart';
import styles from './Calibration.module.css';

const size = { width: 640, height: 220 };
const area: Area = { left: 56, right: 624, top: 12, bottom: 190 };

const path = (corners: readonly (readonly [number, number])[]) => corners.map((corner) => corner.join(',')).join(' ');

function day(at: string | undefined): string {
  return formatDate(at?.slice(0, 10) ?? null);
}

/** How a material's density went over time, within the band of its tolerance; what lies outside has a shape of its own. */
export function CalibrationChart({ label, points }: { label: string; points: readonly CalibrationPoint[] }) {
  const { t } = useTranslation('admin');
  const trend = layOut(
    points.map(({ at, measured_hu, expected_hu, tolerance_hu, within_tolerance }) => ({
      at: Date.parse(at),
      value: measured_hu,
      expected: expected_hu,
      tolerance: tolerance_hu,
      isWithin: within_tolerance,
    })),
    area,
  );
  return (
    <svg className={styles['chart']} viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
      {trend.ticks.map(({ value, y }) => (
        <g key={value}>
          <line className={styles['grid']} x1={area.left} x2={area.right} y1={y} y2={y} />
          <text x={area.left - 8} y={y + 4} textAnchor="end">
            {formatNumber(value, 1)}
          </text>
        </g>
      ))}
      <polygon className={styles['band']} points={path(trend.band)} />
      <polyline className={styles['expected']} points={path(trend.expected)} />
      <polyline className={styles['line']} points={path(trend.points.map(({ x, y }) => [x, y] as const))} />
      {trend.points.map(({ x, y, point }, index) =>
        point.isWithin ? (
          <circle key={index} className={styles['within']} cx={x} cy={y} r={4} data-within />
        ) : (
          <path key={index} className={styles['outside']} d={`M${x} ${y - 8}l7 13h-14z`} data-outside />
        ),
      )}
      <text x={area.left} y={size.height - 8}>
        {day(points[0]?.at)}
      </text>
      <text x={area.right} y={size.height - 8} textAnchor="end">
        {day(points.at(-1)?.at)}
      </text>
      <text x={area.left - 8} y={size.height - 8} textAnchor="end">
        {t('calibration.unit')}
      </text>
    </svg>
  );
}
