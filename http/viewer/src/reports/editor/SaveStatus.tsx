import { Check, CircleAlert, CloudOff, LoaderCircle, Lock, Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useOpen } from './store';
import styles from './Head.module.css';

const pictures = {
  saved: Check,
  waiting: Pencil,
  saving: LoaderCircle,
  offline: CloudOff,
  conflict: CircleAlert,
  refused: CircleAlert,
} as const;

/** Where what is written is: at the server, on its way, in this browser alone. */
export function SaveStatus() {
  const { t } = useTranslation('reports');
  const isEditing = useOpen((open) => open.isEditing);
  const save = useOpen((open) => open.save);
  const problem = useOpen((open) => open.problem);
  const isDurable = useOpen((open) => open.isDurable);
  const Picture = isEditing ? pictures[save] : Lock;
  const isAtRisk = save === 'offline' && !isDurable;
  const text = isEditing ? t(isAtRisk ? 'save.atRisk' : `save.${save}`) : t('save.reading');
  return (
    <span className={styles['status']} data-state={isEditing ? save : 'reading'} role="status">
      <Picture aria-hidden />
      {text}
      {save === 'refused' && problem !== null && ` ${problem}`}
    </span>
  );
}
