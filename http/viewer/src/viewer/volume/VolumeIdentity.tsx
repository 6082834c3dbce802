import overlay from '../overlay/Overlay.module.css';
import { text } from '../study/dicomJson';
import { readPatient } from '../study/readStudy';
import type { VolumeState } from './useVolume';

/** Whose volume this is, from the header of one of its own planes. */
export function VolumeIdentity({ state }: { state: VolumeState }) {
  const data = state.state === 'ready' ? state.volume.phases[state.phase]?.[0]?.instance.data : undefined;
  if (data === undefined) return null;
  const patient = readPatient(data);
  return (
    <div className={overlay['overlay']}>
      <div className={overlay['topLeft']}>
        <span>{patient.name.Alphabetic ?? ''}</span>
        <span>{patient.id}</span>
      </div>
      <div className={overlay['topRight']}>
        <span>{text(data, '00081030')}</span>
        <span>{text(data, '0008103E')}</span>
      </div>
    </div>
  );
}
