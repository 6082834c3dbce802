import { useTranslation } from 'react-i18next';
import { TriangleAlert } from 'lucide-react';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import styles from '../panes/Pane.module.css';
import { reopenVolume, type VolumeState } from './useVolume';

const gigabytes = (bytes: number) => Math.round(bytes / 1e8) / 10;

function Refusal({ state, series }: { state: VolumeState; series: string }) {
  const { t } = useTranslation('volume');
  switch (state.state) {
    case 'refused':
      return (
        <p className={styles['reason']}>{t(`reasons.${state.refusal}`, { mm: Math.round(state.millimetres ?? 0) })}</p>
      );
    case 'tooLarge': {
      const { bytes, limit, stride } = state.need;
      return (
        <>
          <p className={styles['reason']}>{t('tooLarge', { need: gigabytes(bytes), limit: gigabytes(limit) })}</p>
          {state.canThin && <Button onPress={() => reopenVolume(series, { stride })}>{t('thin', { stride })}</Button>}
        </>
      );
    }
    case 'failed':
      return (
        <>
          <p className={styles['reason']}>
            {state.reason instanceof Error ? state.reason.message : String(state.reason)}
          </p>
          <Button onPress={() => reopenVolume(series)}>{t('again')}</Button>
        </>
      );
    default:
      return null;
  }
}

/** Stands in a pane until its volume is there, or says why it cannot be. */
export function VolumeMessage({ state, series }: { state: VolumeState; series: string }) {
  const { t } = useTranslation('volume');
  if (state.state === 'ready') return null;
  if (state.state === 'waiting' || state.state === 'loading') {
    const label = state.state === 'loading' && state.resampling ? t('resampling') : t('loading');
    return (
      <div className={styles['busy']}>
        <Busy label={label} value={state.state === 'loading' ? state.done : undefined} />
      </div>
    );
  }
  return (
    <div className={styles['message']} role="alert">
      <TriangleAlert aria-hidden />
      <p>{t(state.state === 'failed' ? 'failed' : 'impossible')}</p>
      <Refusal state={state} series={series} />
    </div>
  );
}
