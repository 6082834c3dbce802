import { useTranslation } from 'react-i18next';
import type { DataSet } from '../study/dicomJson';
import { spacingOf } from '../study/spacing';
import { scaleBar } from './scaleBar';
import styles from './Overlay.module.css';

/** A length in the image; at the detector it says so, for the patient's own is smaller. */
export function ScaleRuler({ data, zoom }: { data: DataSet; zoom: number }) {
  const { t } = useTranslation('viewer');
  const spacing = spacingOf(data);
  const bar = spacing && zoom > 0 ? scaleBar(spacing.row / zoom, 140) : undefined;
  if (spacing === undefined || bar === undefined) return null;
  const isLong = bar.millimetres >= 10;
  const length = isLong
    ? t('overlay.centimetres', { value: bar.millimetres / 10 })
    : t('overlay.millimetres', { value: bar.millimetres });
  return (
    <span className={styles['ruler']} data-millimetres={bar.millimetres}>
      <span className={styles['rulerBar']} style={{ width: bar.pixels }} />
      {spacing.at === 'detector' ? t('overlay.atDetector', { length }) : length}
    </span>
  );
}
