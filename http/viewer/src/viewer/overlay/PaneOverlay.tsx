import { useTranslation } from 'react-i18next';
import type { PaneView } from '../panes/paneView';
import { useViewer } from '../state';
import { frameData } from '../study/frameData';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';
import { Edges } from './Edges';
import { IdentityCorner, ImageCorner, StudyCorner, WindowCorner } from './corners';
import { ScaleRuler } from './ScaleRuler';
import styles from './Overlay.module.css';

/**
 * The writing over an image. All of it comes from the header of the very image whose pixels are on the screen, never
 * from a list: while there is no image there is no name.
 */
export function PaneOverlay({ view }: { view: PaneView }) {
  const { t } = useTranslation('viewer');
  const level = useViewer((state) => state.overlay);
  const address = view.imageId === null ? undefined : addressOf(view.imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  if (address === undefined || header === undefined || level === 'none') return null;
  const data = frameData(header, address.frame);
  const isFull = level === 'full';
  return (
    <div
      className={styles['overlay']}
      role="group"
      aria-label={t('overlay.label')}
      data-overlay-of={address.instanceUid}
    >
      <IdentityCorner data={data} isFull={isFull} />
      <StudyCorner data={data} isFull={isFull} />
      <ImageCorner data={data} view={view} isFull={isFull} />
      <WindowCorner view={view} isFull={isFull} />
      <Edges data={data} view={view} />
      {isFull && <ScaleRuler data={data} zoom={view.zoom} />}
    </div>
  );
}
