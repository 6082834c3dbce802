import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '@/ui/Badge';
import type { ReportStatus } from './types';

const tones: Record<ReportStatus, Tone> = {
  draft: 'warning',
  preliminary: 'accent',
  final: 'success',
  amended: 'success',
};

/** How far a report is. */
export function StatusBadge({ status }: { status: ReportStatus }) {
  const { t } = useTranslation('reports');
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>;
}
