import { useTranslation } from 'react-i18next';
import { visibleText } from '@/shell/visibleText';
import { Badge } from '@/ui/Badge';
import type { StudyRow } from './types';

/** Why a study should not wait: an alert that nobody has acknowledged, its priority. */
export function UrgencyBadges({ study }: { study: StudyRow }) {
  const { t } = useTranslation('reports');
  const { alert, alert_reason: reason, priority } = study;
  return (
    <>
      {alert !== null && (
        <span title={visibleText(reason ?? '')}>
          <Badge tone={alert === 'acknowledged' ? 'warning' : 'danger'}>{t(`alert.${alert}`)}</Badge>
        </span>
      )}
      {(priority === 'stat' || priority === 'urgent') && (
        <Badge tone={priority === 'stat' ? 'danger' : 'warning'}>{t(`worklist:priority.${priority}`)}</Badge>
      )}
    </>
  );
}
