import { useTranslation } from 'react-i18next';
import overlay from '../overlay/Overlay.module.css';
import { text } from '../study/dicomJson';
import { nameText } from '../study/names';
import { readPatient } from '../study/readStudy';
import type { VolumeState } from './useVolume';

/** Whose volume this is, from the header of one of its own planes. */
export function VolumeIdentity({ state }: { state: VolumeState }) {
  const { t } = useTranslation('viewer');
  const data = state.state === 'ready' ? state.volume.phases[state.phase]?.[0]?.instance.data : undefined;
  if (data === undefined) return null;
  const patient = readPatient(data);
  return (
    <div className={overlay['overlay']}>
      <div className={overlay['topLeft']}>
        <bdi className={overlay['name']}>{nameText(patient.name) || t('overlay.noName')}</bdi>
        <bdi>{patient.id}</bdi>
      </div>
      <div className={overlay['topRight']}>
        <bdi>{text(data, '00081030')}</bdi>
        <bdi>{text(data, '0008103E')}</bdi>
      </div>
    </div>
  );
}
