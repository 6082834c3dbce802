import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaneProps } from '../panes/paneProps';
import styles from '../panes/Pane.module.css';
import { findSeries, useViewer } from '../state';
import { useVolume } from '../volume/useVolume';
import { VolumeIdentity } from '../volume/VolumeIdentity';
import { VolumeMessage } from '../volume/VolumeMessage';
import { scaleOf, useFusionSettings } from './fusionSettings';
import { hangProjection, lightProjection, mountProjection } from './projectionViewport';

/** The greatest value along each line of sight through a whole volume, dark on white; it can be turned. */
export default function ProjectionPane({ id, content }: PaneProps<'projection'>) {
  const { t } = useTranslation('volume');
  const element = useRef<HTMLDivElement>(null);
  const series = useViewer(({ studies }) => findSeries(studies, content.series));
  const state = useVolume(series);
  const volume = state.state === 'ready' ? state.id : undefined;
  const { unit, perUnit } = scaleOf(series, volume);
  const { range } = useFusionSettings(content.series, unit);
  const [lower, upper] = [range[0] * perUnit, range[1] * perUnit];
  useEffect(() => (element.current === null ? undefined : mountProjection(id, element.current)), [id]);
  useEffect(() => {
    if (volume === undefined) return;
    void hangProjection(id, volume).then(() => lightProjection(id, { lower, upper }));
    // The range is applied below when it changes later.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, volume]);
  useEffect(() => lightProjection(id, { lower, upper }), [id, lower, upper]);
  return (
    <>
      <div
        ref={element}
        className={styles['viewport']}
        data-viewport={id}
        role="img"
        aria-label={t('projection', { series: series?.description ?? '' })}
      />
      <VolumeIdentity state={state} />
      <VolumeMessage state={state} series={content.series} />
    </>
  );
}
