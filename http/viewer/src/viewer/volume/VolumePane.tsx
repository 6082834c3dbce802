import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaneProps } from '../panes/paneProps';
import paneStyles from '../panes/Pane.module.css';
import { findSeries, useViewer } from '../state';
import { openingWindow } from './openingWindow';
import { hangRendered, mountRendered, redress, renderedOf, type Look } from './renderedViewport';
import { useRenderSettings } from './renderSettings';
import { useVolume } from './useVolume';
import { lookFrom, viewDirections } from './viewDirections';
import { VolumeIdentity } from './VolumeIdentity';
import { VolumeMessage } from './VolumeMessage';
import { VolumeNote } from './VolumeNote';
import styles from './VolumePane.module.css';

/** A series rendered as a volume. */
export default function VolumePane({ id, content }: PaneProps<'volume'>) {
  const { t } = useTranslation('volume');
  const element = useRef<HTMLDivElement>(null);
  const series = useViewer(({ studies }) => findSeries(studies, content.series));
  const state = useVolume(series);
  const settings = useRenderSettings(content.series);
  const [isRefining, setRefining] = useState(false);
  const look = useRef<Look>({ modality: '', range: [0, 1], settings });
  useEffect(() => (element.current === null ? undefined : mountRendered(id, element.current)), [id]);
  useEffect(() => {
    if (state.state !== 'ready' || series === undefined) return;
    const { lower = 0, upper = 1000 } = openingWindow(state.volume, state.phase) ?? {};
    look.current = { ...look.current, modality: series.modality, range: [lower, upper] };
    void hangRendered(id, state.id, look.current, setRefining);
  }, [id, series, state]);
  useEffect(() => {
    look.current = { ...look.current, settings };
    redress(id, look.current);
  }, [id, settings]);
  const sides = viewDirections.map((direction) => ({ direction, name: t(`sides.${direction}`) }));
  const look3d = (direction: (typeof viewDirections)[number]) => {
    const viewport = renderedOf(id);
    if (viewport !== undefined) lookFrom(viewport, direction);
  };
  return (
    <>
      <div
        ref={element}
        className={`${paneStyles['viewport'] ?? ''} ${styles['rendered'] ?? ''}`}
        data-viewport={id}
        data-refining={isRefining || undefined}
        role="img"
        aria-label={t('rendered', { series: series?.description ?? '' })}
      />
      {state.state === 'ready' && (
        <>
          <VolumeIdentity state={state} />
          <div className={styles['sides']} role="group" aria-label={t('sides.label')}>
            {sides.map(({ direction, name }) => (
              <button key={direction} type="button" title={name} aria-label={name} onClick={() => look3d(direction)}>
                {direction}
              </button>
            ))}
          </div>
          {isRefining && (
            <p className={styles['refining']} role="status">
              {t('refining')}
            </p>
          )}
        </>
      )}
      <VolumeNote state={state} />
      <VolumeMessage state={state} series={content.series} />
    </>
  );
}
