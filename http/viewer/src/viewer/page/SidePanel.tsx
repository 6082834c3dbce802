import { X } from 'lucide-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/shell/Failure';
import { Busy } from '@/ui/Busy';
import { IconButton } from '@/ui/Button';
import { panels } from '../panels/all';
import { useViewer, viewer } from '../state';
import styles from './SidePanel.module.css';

/** The panel that is open, if any. */
export function SidePanel() {
  const { t } = useTranslation('viewer');
  const open = useViewer((state) => state.panel);
  const panel = panels.find(({ id }) => id === open);
  if (panel === undefined) return null;
  const Content = panel.content;
  return (
    <aside className={styles['panel']} aria-label={t(`panels.${panel.id}`)}>
      <header className={styles['header']}>
        <h2>{t(`panels.${panel.id}`)}</h2>
        <IconButton label={t('shell:close')} onPress={() => viewer.set({ panel: null })}>
          <X />
        </IconButton>
      </header>
      <div className={styles['content']}>
        <Failure key={panel.id}>
          <Suspense fallback={<Busy label={t('opening')} />}>
            <Content />
          </Suspense>
        </Failure>
      </div>
    </aside>
  );
}
