import { useTranslation } from 'react-i18next';
import { Select } from '@/ui/Field';
import { Slider } from '@/ui/Slider';
import { findSeries, useViewer } from '../state';
import styles from '../volume/VolumePanel.module.css';
import { useVolume } from '../volume/useVolume';
import { colourMaps, gradientOf } from './colourMaps';
import { changeFusion, scaleOf, useFusionSettings } from './fusionSettings';

/** Colours, opacity and range of what is laid over. */
export function FusionControls({ overlay }: { series: string; overlay: string }) {
  const { t } = useTranslation('volume');
  const series = useViewer(({ studies }) => findSeries(studies, overlay));
  const state = useVolume(series);
  const scale = scaleOf(series, state.state === 'ready' ? state.id : undefined);
  const { unit, gap } = scale;
  const { map, opacity, range } = useFusionSettings(overlay, unit);
  const isSuv = unit === 'suv';
  return (
    <section className={styles['section']}>
      <Select
        label={t('fusion.map')}
        options={colourMaps.map((id) => ({ id, name: t(`fusion.maps.${id}`) }))}
        value={map}
        onChange={(next) => changeFusion(overlay, unit, { map: next })}
      />
      <span className={styles['colours']} style={{ background: gradientOf(map) }} aria-hidden />
      <Slider
        label={t('fusion.opacity')}
        value={opacity}
        onChange={(next) => changeFusion(overlay, unit, { opacity: next })}
        min={0}
        max={1}
        step={0.05}
        format={{ style: 'percent' }}
      />
      <Slider<readonly [number, number]>
        label={t(isSuv ? 'fusion.suv' : 'fusion.parts')}
        thumbLabels={[t('fusion.lowest'), t('fusion.highest')]}
        value={range}
        onChange={(next) => changeFusion(overlay, unit, { range: next })}
        min={0}
        max={isSuv ? 25 : 1}
        step={isSuv ? 0.5 : 0.01}
        format={isSuv ? { maximumFractionDigits: 1 } : { style: 'percent' }}
      />
      {gap !== undefined && <p className={styles['hint']}>{t(`fusion.noSuv.${gap}`)}</p>}
    </section>
  );
}
