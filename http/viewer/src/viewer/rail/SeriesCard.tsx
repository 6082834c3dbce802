import { FileText, Image, Layers } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../state';
import type { Series } from '../study/model';
import { useLoadedImages } from '../study/loadedImages';
import { imageIdsOf } from '../study/imageIds';
import { dragSeries, openSeries } from './openSeries';
import styles from './Rail.module.css';

const pictures = { document: FileText, segmentation: Layers, structures: Layers, images: Image, other: FileText };

function Thumbnail({ series }: { series: Series }) {
  const [isMissing, setMissing] = useState(false);
  const Picture = pictures[series.kind];
  const hasImages = series.kind === 'images' && imageIdsOf(series).length > 0;
  if (isMissing || !hasImages) return <Picture aria-hidden />;
  const source = `/dicom-web/studies/${series.studyUid}/series/${series.uid}/thumbnail`;
  return <img src={source} alt="" loading="lazy" draggable={false} onError={() => setMissing(true)} />;
}

/** How much of a series is in memory, while it is not all of it. */
function Progress({ series, count }: { series: Series; count: number }) {
  const loaded = useLoadedImages((images) => images[series.uid] ?? 0);
  if (loaded === 0 || loaded >= count) return null;
  return <span className={styles['progress']} style={{ width: `${(loaded / count) * 100}%` }} />;
}

/** A series: its picture, what it is, how much of it there is. Enter or a click shows it in the active pane. */
export function SeriesCard({ series }: { series: Series }) {
  const { t } = useTranslation('viewer');
  const isShown = useViewer(({ panes }) =>
    panes.some(({ content }) => 'series' in content && content.series === series.uid),
  );
  const count = series.isRead && series.kind === 'images' ? imageIdsOf(series).length : series.count;
  return (
    <button
      type="button"
      className={styles['card']}
      draggable
      data-series={series.uid}
      aria-current={isShown || undefined}
      onClick={() => openSeries(series)}
      onDragStart={({ dataTransfer }) => dragSeries(dataTransfer, series)}
    >
      <span className={styles['picture']}>
        <Thumbnail series={series} />
        <Progress series={series} count={count} />
        <span className={styles['count']}>{t('rail.count', { count })}</span>
      </span>
      <span className={styles['text']}>
        <span className={styles['name']}>{series.description || t('rail.unnamed')}</span>
        <span className={styles['quiet']}>
          {series.modality}
          {series.number !== undefined && ` · ${t('rail.number', { number: series.number })}`}
        </span>
        {series.failure !== undefined && <span className={styles['failed']}>{t('rail.failed')}</span>}
      </span>
    </button>
  );
}
