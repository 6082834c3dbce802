import { useTranslation } from 'react-i18next';
import { PaneOverlay } from '../overlay/PaneOverlay';
import { Preview } from '../panes/Preview';
import { noView } from '../panes/paneView';
import { Rail } from '../rail/Rail';
import { findSeries, useViewer, type Pane } from '../state';
import { imageIdsOf } from '../study/imageIds';
import grid from '../panes/PaneGrid.module.css';
import panes from '../panes/Pane.module.css';
import styles from './Workspace.module.css';

function OpeningPane({ pane: { content } }: { pane: Pane }) {
  const series = useViewer(({ studies }) =>
    content.kind === 'stack' ? findSeries(studies, content.series) : undefined,
  );
  const imageIds = series?.isRead === true ? imageIdsOf(series) : [];
  return (
    <div className={panes['pane']}>
      <Preview imageId={imageIds[0]} />
      {imageIds[0] !== undefined && <PaneOverlay view={{ ...noView, imageId: imageIds[0], count: imageIds.length }} />}
    </div>
  );
}

/** The study while the program that draws pixels still arrives: its series, and the first images as the server draws them. */
export function Opening() {
  const { t } = useTranslation('viewer');
  const { layout, panes: all } = useViewer();
  return (
    <div className={styles['workspace']} aria-busy>
      <div className={styles['placeholder']} />
      <Rail />
      <main className={styles['main']} aria-label={t('images')}>
        <div
          className={grid['grid']}
          style={{
            gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
            gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
          }}
        >
          {all.map((pane) => (
            <OpeningPane key={pane.id} pane={pane} />
          ))}
        </div>
      </main>
    </div>
  );
}
