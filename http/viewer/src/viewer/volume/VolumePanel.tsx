import { useTranslation } from 'react-i18next';
import { findSeries, useViewer, type PaneContent } from '../state';
import { FusionControls } from '../fusion/FusionControls';
import { MprControls } from './MprControls';
import { RenderControls } from './RenderControls';
import styles from './VolumePanel.module.css';

function Controls({ content }: { content: PaneContent | undefined }) {
  const { t } = useTranslation('volume');
  const uid = content !== undefined && 'series' in content ? content.series : '';
  const modality = useViewer(({ studies }) => findSeries(studies, uid)?.modality ?? '');
  switch (content?.kind) {
    case 'mpr':
      return <MprControls series={content.series} />;
    case 'volume':
      return <RenderControls series={content.series} modality={modality} />;
    case 'fusion':
      return <FusionControls series={content.series} overlay={content.overlay} />;
    default:
      return <p className={styles['hint']}>{t('panelHint')}</p>;
  }
}

/** What can be set for the volume in the active pane. */
export default function VolumePanel() {
  const content = useViewer(({ panes, activePane }) => panes.find(({ id }) => id === activePane)?.content);
  return (
    <div className={styles['panel']}>
      <Controls content={content} />
    </div>
  );
}
