import { useTranslation } from 'react-i18next';
import { instanceByUid } from '../cornerstone/metadata';
import { addressOf } from '../study/imageIds';
import { text } from '../study/dicomJson';
import { readPatient } from '../study/readStudy';
import { usePaneView } from './paneView';
import styles from './Overlay.module.css';

/** Writing over an image. All of it comes from the header of the very image whose pixels are on the screen. */
export function Overlay({ pane }: { pane: string }) {
  const { t } = useTranslation('viewer');
  const view = usePaneView(pane);
  const address = view.imageId === null ? undefined : addressOf(view.imageId);
  const data = address && instanceByUid(address.instanceUid)?.data;
  if (data === undefined) return null;
  const patient = readPatient(data);
  return (
    <div className={styles['overlay']}>
      <div className={styles['topLeft']}>
        <span>{patient.name.Alphabetic ?? ''}</span>
        <span>{patient.id}</span>
      </div>
      <div className={styles['topRight']}>
        <span>{text(data, '00081030')}</span>
      </div>
      <div className={styles['bottomLeft']}>
        <span>{t('overlay.position', { position: view.index + 1, count: view.count })}</span>
      </div>
      <div className={styles['bottomRight']}>{view.window && <span>{t('overlay.window', view.window)}</span>}</div>
    </div>
  );
}
