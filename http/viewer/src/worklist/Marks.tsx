import { useTranslation } from 'react-i18next';
import { Badge } from '@/ui/Badge';
import { AlertBadge } from './AlertBadge';
import type { Study } from './filters';

/** What must be seen of a study whatever the columns are: its alert, and that it is urgent where no column says so. */
export function Marks({ study, showsPriority }: { study: Study; showsPriority: boolean }) {
  const { t } = useTranslation('worklist');
  const isUrgent = study.priority === 'urgent' || study.priority === 'stat';
  return (
    <>
      <AlertBadge study={study} />
      {isUrgent && !showsPriority && (
        <Badge tone={study.priority === 'stat' ? 'danger' : 'warning'}>{t(`priority.${study.priority}`)}</Badge>
      )}
    </>
  );
}
