import { Pause, Play, Repeat, Repeat1 } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/Button';
import { usePaneView } from '../panes/paneView';
import { findSeries, useViewer } from '../state';
import { cineRate, fastest, slowest } from './cineRate';
import { adjustCine, setCine, stopCine, toggleCine, useCine } from './player';
import styles from './CineBar.module.css';

/** Plays a stack: shown for multi-frame images, and for any stack while it plays. */
export function CineBar({ pane }: { pane: string }) {
  const { t } = useTranslation('viewer');
  const cine = useCine((state) => state.panes[pane]);
  const { count } = usePaneView(pane);
  const series = useViewer(({ panes, studies }) => {
    const content = panes.find(({ id }) => id === pane)?.content;
    return content?.kind === 'stack' ? findSeries(studies, content.series) : undefined;
  });
  const first = series?.instances[0];
  const image = first?.uid;
  const rate = first && cineRate(first.data);
  // A series that is read again, as images arrive, plays on.
  useEffect(() => {
    if (rate !== undefined) setCine(pane, { rate });
    return () => stopCine(pane);
  }, [pane, image, rate]);
  const isMultiFrame = first !== undefined && first.frames > 1;
  if (cine === undefined || count < 2 || (!isMultiFrame && !cine.isPlaying)) return null;
  return (
    <div className={styles['bar']} role="group" aria-label={t('cine.label')} data-shown-rate={cine.shown}>
      <IconButton label={t(cine.isPlaying ? 'cine.pause' : 'cine.play')} keys="Space" onPress={() => toggleCine(pane)}>
        {cine.isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <input
        type="range"
        aria-label={t('cine.rate')}
        min={slowest}
        max={fastest}
        value={Math.round(cine.rate)}
        onChange={({ currentTarget }) => adjustCine(pane, { rate: Number(currentTarget.value) })}
      />
      <output className={styles['rate']}>
        {cine.isPlaying && cine.shown > 0
          ? t('cine.shown', { rate: cine.rate, shown: cine.shown })
          : t('cine.asked', { rate: cine.rate })}
      </output>
      <IconButton
        label={t('cine.bounce')}
        isPressed={cine.bounces}
        onPress={() => adjustCine(pane, { bounces: !cine.bounces })}
      >
        {cine.bounces ? <Repeat1 /> : <Repeat />}
      </IconButton>
    </div>
  );
}
