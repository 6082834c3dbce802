import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/ui/Button';
import { dismiss, useNotices } from './notices';
import styles from './Notices.module.css';

/** The notices of the moment, read out as they come. */
export function Notices() {
  const { t } = useTranslation('shell');
  const notices = useNotices((state) => state.notices);
  return (
    // Above dialogs too: an alert may be raised while one is open.
    <div
      className={styles['notices']}
      role="log"
      aria-live="polite"
      aria-label={t('notices')}
      data-react-aria-top-layer="true"
    >
      {notices.map(({ id, kind, text, action }) => (
        <div key={id} className={styles['notice']} data-kind={kind}>
          <span>{text}</span>
          {action && (
            <Button
              onPress={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label={t('dismiss')} onPress={() => dismiss(id)}>
            <X />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
