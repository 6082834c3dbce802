import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/Dialog';
import { showDialog, useOpenDialog } from './dialogs';
import type { Shortcut } from './shortcuts';
import styles from './ShortcutSheet.module.css';

/** All keys of the worklist. */
export function ShortcutSheet({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  const isOpen = useOpenDialog(({ open }) => open === 'keys');
  const { t } = useTranslation('worklist');
  const inList = [
    { key: '↑ ↓', name: 'move' },
    { key: t('keys.space'), name: 'select' },
    { key: t('keys.enter'), name: 'open' },
  ];
  return (
    <Dialog title={t('shortcuts.title')} isOpen={isOpen} onClose={() => showDialog(null)}>
      <dl className={styles['sheet']}>
        {[...inList, ...shortcuts].map(({ key, name }) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
