import { useTranslation } from 'react-i18next';
import { locale } from '@/shell/i18n';
import type { VolumeState } from './useVolume';
import styles from './VolumeNote.module.css';

/** Says on a pane what sets its volume apart from the images that were acquired. */
export function VolumeNote({ state }: { state: VolumeState }) {
  const { t } = useTranslation('volume');
  if (state.state !== 'ready') return null;
  const { resampling, leftOut, phases } = state.volume;
  const format = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const [least = 0, greatest = 0] = resampling?.distances ?? [];
  const notes = [
    resampling !== null && resampling.tilt > 0 && t('note.tilt', { angle: format.format(resampling.tilt) }),
    resampling?.uneven && t('note.uneven', { least: format.format(least), greatest: format.format(greatest) }),
    state.stride > 1 && t('note.thinned', { stride: state.stride }),
    phases.length > 1 && t('note.phase', { phase: state.phase + 1, count: phases.length }),
    leftOut > 0 && t('note.leftOut', { count: leftOut }),
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return null;
  return (
    <ul className={styles['notes']}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
