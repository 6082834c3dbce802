import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Field';
import { Slider } from '@/ui/Slider';
import { whole, type Crop, type Range } from './crop';
import { presetsFor } from './presets';
import { changeRendering, initialSettings, useRenderSettings } from './renderSettings';
import styles from './VolumePanel.module.css';

const axes = ['rightLeft', 'frontBack', 'feetHead'] as const;
const percent = { style: 'percent' } as const;

function cropped(crop: Crop, axis: number, range: Range): Crop {
  const [x, y, z] = crop.map((one, index) => (index === axis ? range : one));
  return [x ?? whole[0], y ?? whole[1], z ?? whole[2]];
}

/** How a rendered volume looks: preset, opacity, and which part of it is kept. */
export function RenderControls({ series, modality }: { series: string; modality: string }) {
  const { t } = useTranslation('volume');
  const settings = useRenderSettings(series);
  const presets = presetsFor(modality);
  return (
    <>
      <section className={styles['section']}>
        <Select
          label={t('preset')}
          options={presets.map(({ id }) => ({ id, name: t(`presets.${id}`) }))}
          value={settings.preset ?? presets[0]?.id ?? null}
          onChange={(preset) => changeRendering(series, { preset })}
        />
        <Slider
          label={t('shift')}
          value={settings.shift}
          onChange={(shift) => changeRendering(series, { shift })}
          min={-0.5}
          max={0.5}
          step={0.01}
          format={{ style: 'percent', signDisplay: 'exceptZero' }}
        />
      </section>
      <section className={styles['section']}>
        <h3>{t('crop.title')}</h3>
        {axes.map((axis, index) => (
          <Slider<Range>
            key={axis}
            label={t(`crop.${axis}`)}
            thumbLabels={[t(`crop.${axis}`), t(`crop.${axis}`)]}
            value={settings.crop[index] ?? [0, 1]}
            onChange={(range) => changeRendering(series, { crop: cropped(settings.crop, index, range) })}
            min={0}
            max={1}
            step={0.01}
            format={percent}
          />
        ))}
      </section>
      <Button onPress={() => changeRendering(series, initialSettings)}>{t('resetRendering')}</Button>
    </>
  );
}
