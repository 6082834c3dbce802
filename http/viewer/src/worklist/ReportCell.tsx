import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import type { Study } from './filters';

const tones: Readonly<Record<string, Tone>> = {
  draft: 'warning',
  preliminary: 'accent',
  final: 'success',
  amended: 'success',
};

/** How far the report of a study is; leads to it. */
export function ReportCell({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const { id, report_status: status } = study;
  if (status === null) return null;
  return (
    <Link href={`/reports/?study=${id}`} aria-label={`${t('columns.report')}: ${t(`report.${status}`, status)}`}>
      <Badge tone={tones[status] ?? 'plain'}>{t(`report.${status}`, visibleText(status))}</Badge>
    </Link>
  );
}
