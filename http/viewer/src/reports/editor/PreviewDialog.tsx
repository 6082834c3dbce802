import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { useOpen } from './store';

const ReportPdf = lazy(() => import('./ReportPdf'));

/** The report as it will be printed: the draft, or the newest signed version. */
export function PreviewDialog({ onClose, version }: { onClose: () => void; version?: number }) {
  const { t } = useTranslation('reports');
  const report = useOpen((open) => open.report);
  const isEditing = useOpen((open) => open.isEditing);
  const shown = version ?? (isEditing || report.version === 0 ? 0 : report.version);
  return (
    <Dialog
      title={shown === 0 ? t('preview.draft') : t('preview.version', { number: shown })}
      isOpen
      onClose={onClose}
      size="large"
      actions={<Button onPress={onClose}>{t('shell:close')}</Button>}
    >
      <Suspense fallback={<Busy label={t('shell:loading')} />}>
        <ReportPdf id={report.id} version={shown} />
      </Suspense>
    </Dialog>
  );
}
