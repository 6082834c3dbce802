import { CloudCheck, CloudOff, CloudUpload, EyeOff, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { countWaiting, statusOf, useAnnotations, type Status } from './store';
import styles from './SaveStatus.module.css';

const icons: Readonly<Record<Exclude<Status, 'none'>, LucideIcon>> = {
  saved: CloudCheck,
  saving: CloudUpload,
  offline: CloudOff,
  conflict: TriangleAlert,
  refused: TriangleAlert,
  temporary: EyeOff,
};

/** Whether the annotations are saved. */
export function SaveStatus() {
  const { t } = useTranslation('annotations');
  const status = useAnnotations(statusOf);
  const count = useAnnotations(countWaiting);
  const Icon = status === 'none' ? undefined : icons[status];
  return (
    <span className={styles['status']} role="status" data-status={status}>
      {Icon && <Icon aria-hidden />}
      {status !== 'none' && <span className={styles['text']}>{t(`status.${status}`, { count })}</span>}
    </span>
  );
}
