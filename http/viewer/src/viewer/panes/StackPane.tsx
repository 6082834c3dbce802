import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { FindingMarker } from '../analyses/FindingMarker';
import { CineBar } from '../cine/CineBar';
import { ReferenceLine } from '../links/ReferenceLine';
import { useViewer, findSeries, viewer } from '../state';
import { imageIdsOf } from '../study/imageIds';
import type { PaneProps } from './paneProps';
import { Overlay } from '../overlay/Overlay';
import { Preview } from './Preview';
import { PaneMessage } from './PaneMessage';
import { usePaneView } from './paneView';
import { ScrollBar } from './ScrollBar';
import { hangStack, mountStack } from './stackViewport';
import styles from './Pane.module.css';

/** The images of a series, one at a time. */
export function StackPane({ id, content }: PaneProps<'stack'>) {
  const { t } = useTranslation('viewer');
  const element = useRef<HTMLDivElement>(null);
  const series = useViewer(({ studies }) => findSeries(studies, content.series));
  const view = usePaneView(id);
  const imageIds = series?.isRead === true ? imageIdsOf(series) : undefined;
  useEffect(() => (element.current === null ? undefined : mountStack(id, element.current)), [id]);
  useEffect(() => {
    if (imageIds !== undefined) hangStack(id, content.series, imageIds);
  }, [id, content.series, imageIds]);
  // Only its instances say that a series (of modality OT, say) is made of documents.
  const isDocument = series?.isRead === true && series.kind === 'document';
  useEffect(() => {
    if (isDocument) viewer.show(id, { kind: 'document', series: content.series });
  }, [id, content.series, isDocument]);
  return (
    <>
      {view.imageId === null && <Preview imageId={imageIds?.[0]} />}
      <div
        ref={element}
        className={styles['viewport']}
        data-viewport={id}
        data-image-id={view.imageId ?? ''}
        data-index={view.index}
        data-count={view.count}
        data-window={view.window === null ? '' : `${view.window.center}/${view.window.width}`}
        role="img"
        aria-label={t('pane.image', { series: series?.description || series?.modality, position: view.index + 1 })}
      />
      <Overlay pane={id} />
      <ReferenceLine pane={id} />
      <FindingMarker pane={id} />
      <ScrollBar pane={id} />
      <CineBar pane={id} />
      {series?.failure !== undefined && <PaneMessage series={series} reason={series.failure.message} />}
      {view.failure !== null && <PaneMessage pane={id} reason={view.failure} />}
      {imageIds?.length === 0 && <p className={styles['empty']}>{t('pane.noImages')}</p>}
      {view.imageId === null && view.failure === null && series?.failure === undefined && imageIds?.length !== 0 && (
        <div className={styles['busy']}>
          <Busy label={t('pane.loading')} />
        </div>
      )}
    </>
  );
}
