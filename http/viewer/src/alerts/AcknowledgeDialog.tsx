import { useTranslation } from 'react-i18next';
import type { Alert } from '@/api/analyses';
import { Dialog } from '@/ui/Dialog';
import { AcknowledgeForm } from './AcknowledgeForm';
import { AlertFacts } from './AlertFacts';

/** Asks for a note on one alert and acknowledges it. */
export function AcknowledgeDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useTranslation('alerts');
  return (
    <Dialog title={t('acknowledgeTitle')} isOpen onClose={onClose}>
      <AlertFacts alert={alert} />
      <AcknowledgeForm alert={alert} onDone={onClose} />
    </Dialog>
  );
}
