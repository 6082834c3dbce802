import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Annotations } from '../annotations/Annotations';
import { DialogHost } from '../dialogs/DialogHost';
import { rememberView } from '../hanging/remember';
import { followStudies } from '../study/followStudies';
import { PatientWarning } from '../panes/PatientWarning';
import { PaneGrid } from '../panes/PaneGrid';
import { Rail } from '../rail/Rail';
import { Toolbar } from '../toolbar/Toolbar';
import { SidePanel } from './SidePanel';
import { startCornerstone } from '../cornerstone/start';
import { listenToKeys } from './shortcuts';
import styles from './Workspace.module.css';

startCornerstone();

/** The viewer's parts: tools above, series beside, images in the middle, a panel at the side. */
export default function Workspace() {
  const { t } = useTranslation('viewer');
  useEffect(listenToKeys, []);
  useEffect(rememberView, []);
  useEffect(followStudies, []);
  return (
    <div className={styles['workspace']}>
      <Toolbar />
      <Rail />
      <main className={styles['main']} aria-label={t('images')}>
        <PaneGrid />
        <PatientWarning />
      </main>
      <SidePanel />
      <Annotations />
      <DialogHost />
    </div>
  );
}
