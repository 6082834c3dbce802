import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Field';
import { Slider } from '@/ui/Slider';
import { findSeries, useViewer } from '../state';
import { resetPlanes } from './resetPlanes';
import { setSlab, useSlab, type SlabMode } from './slab';
import { reopenVolume, useVolume } from './useVolume';
import styles from './VolumePanel.module.css';

const modes: readonly SlabMode[] = ['plane', 'mip', 'minip', 'average'];

/** The slab of three planes, their phase, and a way back to how they began. */
export function MprControls({ series: uid }: { series: string }) {
  const { t } = useTranslation('volume');
  const series = useViewer(({ studies }) => findSeries(studies, uid));
  const state = useVolume(series);
  const slab = useSlab(uid);
  const phases = state.state === 'ready' ? state.volume.phases.length : 1;
  return (
    <>
      <section className={styles['section']}>
        <Select
          label={t('slab.mode')}
          options={modes.map((id) => ({ id, name: t(`slab.${id}`) }))}
          value={slab.mode}
          onChange={(mode) => setSlab(uid, { mode })}
        />
        <Slider
          label={t('slab.thickness')}
          value={slab.thickness}
          onChange={(thickness) => setSlab(uid, { thickness })}
          min={1}
          max={100}
          format={{ style: 'unit', unit: 'millimeter' }}
          isDisabled={slab.mode === 'plane'}
        />
      </section>
      {phases > 1 && state.state === 'ready' && (
        <Slider
          label={t('phase')}
          value={state.phase + 1}
          onChange={(phase) => reopenVolume(uid, { phase: phase - 1 })}
          min={1}
          max={phases}
        />
      )}
      <Button onPress={() => resetPlanes(uid)}>{t('resetPlanes')}</Button>
    </>
  );
}
