import { useTranslation } from 'react-i18next';
import type { PaneView } from '../panes/paneView';
import { dateText, timeText } from '../study/dates';
import { number, text, type DataSet } from '../study/dicomJson';
import { nameText } from '../study/names';
import { readPatient } from '../study/readStudy';
import { technique } from './technique';
import styles from './Overlay.module.css';

interface CornerProps {
  data: DataSet;
  isFull: boolean;
}

/** Who the patient is. */
export function IdentityCorner({ data, isFull }: CornerProps) {
  const { t } = useTranslation('viewer');
  const { name, id, birthDate, sex } = readPatient(data);
  return (
    <div className={styles['topLeft']} data-corner="identity">
      <bdi className={styles['name']}>{nameText(name) || t('overlay.noName')}</bdi>
      <bdi>{id}</bdi>
      {isFull && (birthDate !== '' || sex !== '') && (
        <span>{[dateText(birthDate), sex].filter(Boolean).join(' · ')}</span>
      )}
    </div>
  );
}

/** Of which study and series the image is. */
export function StudyCorner({ data, isFull }: CornerProps) {
  if (!isFull) return null;
  const when = [dateText(text(data, '00080020')), timeText(text(data, '00080030'))].filter(Boolean).join(' ');
  const lines = [text(data, '00080080'), when, text(data, '00081030'), text(data, '0008103E'), text(data, '00080050')];
  return (
    <div className={styles['topRight']}>
      {lines.filter(Boolean).map((line, index) => (
        <bdi key={index}>{line}</bdi>
      ))}
    </div>
  );
}

interface ViewCornerProps extends CornerProps {
  view: PaneView;
}

/** Which image it is, and how it was made. */
export function ImageCorner({ data, view, isFull }: ViewCornerProps) {
  const { t } = useTranslation('viewer');
  const series = number(data, '00200011');
  const isLossy = text(data, '00282110') === '01';
  const ratio = number(data, '00282112');
  return (
    <div className={styles['bottomLeft']}>
      {isLossy && (
        <span className={styles['lossy']}>
          {ratio === undefined ? t('overlay.lossy') : t('overlay.lossyRatio', { ratio: Math.round(ratio) })}
        </span>
      )}
      {isFull &&
        technique(data).map(({ key, value }) => (
          <span key={key} className={styles['technique']}>
            {t(`overlay.technique.${key}`, { value })}
          </span>
        ))}
      {isFull && series !== undefined && <span>{t('overlay.series', { number: series })}</span>}
      <span>{t('overlay.position', { position: view.index + 1, count: view.count })}</span>
    </div>
  );
}

/** How it is shown. */
export function WindowCorner({ view, isFull }: Omit<ViewCornerProps, 'data'>) {
  const { t } = useTranslation('viewer');
  return (
    <div className={styles['bottomRight']}>
      {isFull && view.zoom > 0 && <span>{t('overlay.zoom', { percent: Math.round(view.zoom * 100) })}</span>}
      {view.isInverted && <span>{t('overlay.inverted')}</span>}
      {view.window !== null && <span>{t('overlay.window', view.window)}</span>}
    </div>
  );
}
