import { useTranslation } from 'react-i18next';
import { OverlaidGroup } from './OverlaidGroup';
import { useOverlaid } from './overlaid';
import styles from './SegmentsPanel.module.css';

/** Segmentations and structures that are laid over the images. */
export default function SegmentsPanel() {
  const { t } = useTranslation('segmentation');
  const shown = useOverlaid((state) => state.shown);
  return (
    <div className={styles['panel']}>
      {shown.length === 0 && <p className={styles['hint']}>{t('none')}</p>}
      {shown.map((one) => (
        <OverlaidGroup key={one.overlaid.id} shown={one} />
      ))}
    </div>
  );
}
