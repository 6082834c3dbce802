import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FindingMarker } from '../analyses/FindingMarker';
import type { PaneProps } from '../panes/paneProps';
import { Overlay } from '../overlay/Overlay';
import styles from '../panes/Pane.module.css';
import { usePaneView } from '../panes/paneView';
import { ScrollBar } from '../panes/ScrollBar';
import { findSeries, useViewer } from '../state';
import { imageIdOf } from '../study/imageIds';
import { openingWindow } from './openingWindow';
import { hangSlice, mountSlice } from './sliceViewport';
import { useVolume } from './useVolume';
import { VolumeMessage } from './VolumeMessage';
import { VolumeNote } from './VolumeNote';

/** A plane through the volume of a series. */
export default function MprPane({ id, content }: PaneProps<'mpr'>) {
  const { t } = useTranslation('volume');
  const element = useRef<HTMLDivElement>(null);
  const { series: uid, orientation } = content;
  const series = useViewer(({ studies }) => findSeries(studies, uid));
  const state = useVolume(series);
  const view = usePaneView(id);
  useEffect(
    () => (element.current === null ? undefined : mountSlice(id, element.current, orientation)),
    [id, orientation],
  );
  useEffect(() => {
    const first = state.state === 'ready' ? state.volume.phases[state.phase]?.[0] : undefined;
    if (state.state !== 'ready' || first === undefined) return;
    const imageId = imageIdOf(first.instance, first.frame);
    const voiRange = openingWindow(state.volume, state.phase);
    void hangSlice(id, { volume: state.id, series: uid, imageId, voiRange });
  }, [id, uid, orientation, state]);
  return (
    <>
      <div
        ref={element}
        className={styles['viewport']}
        data-viewport={id}
        data-orientation={orientation}
        data-image-id={view.imageId ?? ''}
        data-index={view.index}
        data-count={view.count}
        data-window={view.window === null ? '' : `${view.window.center}/${view.window.width}`}
        role="img"
        aria-label={t('plane', { plane: t(`planes.${orientation}`), series: series?.description ?? '' })}
      />
      <Overlay pane={id} />
      <FindingMarker pane={id} />
      <ScrollBar pane={id} />
      <VolumeNote state={state} />
      <VolumeMessage state={state} series={uid} />
    </>
  );
}
