import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FindingMarker } from '../analyses/FindingMarker';
import { Overlay } from '../overlay/Overlay';
import type { PaneProps } from '../panes/paneProps';
import styles from '../panes/Pane.module.css';
import { usePaneView } from '../panes/paneView';
import { ScrollBar } from '../panes/ScrollBar';
import { findSeries, useViewer } from '../state';
import { imageIdOf } from '../study/imageIds';
import { openingWindow } from '../volume/openingWindow';
import { hangSlice, mountSlice } from '../volume/sliceViewport';
import { useVolume, type VolumeState } from '../volume/useVolume';
import { VolumeMessage } from '../volume/VolumeMessage';
import { VolumeNote } from '../volume/VolumeNote';
import { recolour } from './fusedViewport';
import { scaleOf, useFusionSettings } from './fusionSettings';

const idOf = (state: VolumeState) => (state.state === 'ready' ? state.id : undefined);

/** A plane through one volume with another laid over it in colours. */
export default function FusionPane({ id, content }: PaneProps<'fusion'>) {
  const { t } = useTranslation('volume');
  const element = useRef<HTMLDivElement>(null);
  const base = useViewer(({ studies }) => findSeries(studies, content.series));
  const overlay = useViewer(({ studies }) => findSeries(studies, content.overlay));
  const [state, above] = [useVolume(base), useVolume(overlay)];
  const view = usePaneView(id);
  const over = idOf(above);
  const { unit, perUnit } = scaleOf(overlay, over);
  const settings = useFusionSettings(content.overlay, unit);
  useEffect(
    () => (element.current === null ? undefined : mountSlice(id, element.current, content.orientation)),
    [id, content.orientation],
  );
  useEffect(() => {
    const first = state.state === 'ready' ? state.volume.phases[state.phase]?.[0] : undefined;
    if (state.state !== 'ready' || first === undefined || over === undefined) return;
    const imageId = imageIdOf(first.instance, first.frame);
    const voiRange = openingWindow(state.volume, state.phase);
    void hangSlice(id, { volume: state.id, over, series: content.series, imageId, voiRange }).then(() =>
      recolour(id, over, settings, { unit, perUnit }),
    );
    // Settings that change later are applied below, without hanging anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, content.series, content.orientation, state, over]);
  useEffect(() => {
    if (over !== undefined) recolour(id, over, settings, { unit, perUnit });
  }, [id, over, settings, unit, perUnit]);
  const shown = state.state === 'ready' ? { state: above, series: content.overlay } : { state, series: content.series };
  return (
    <>
      <div
        ref={element}
        className={styles['viewport']}
        data-viewport={id}
        data-orientation={content.orientation}
        data-image-id={view.imageId ?? ''}
        data-index={view.index}
        data-count={view.count}
        role="img"
        aria-label={t('fused', { base: base?.description ?? '', overlay: overlay?.description ?? '' })}
      />
      <Overlay pane={id} />
      <FindingMarker pane={id} />
      <ScrollBar pane={id} />
      <VolumeNote state={state} />
      <VolumeMessage {...shown} />
    </>
  );
}
