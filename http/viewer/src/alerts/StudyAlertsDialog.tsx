import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { AcknowledgeForm } from './AcknowledgeForm';
import { AlertFacts } from './AlertFacts';
import { useStudyAlerts } from './useAlerts';
import styles from './Alerts.module.css';

/** All alerts of a study: those that are open to be acknowledged, the others with who did. */
export function StudyAlertsDialog({ study, onClose }: { study: number; onClose: () => void }) {
  const { t } = useTranslation('alerts');
  const { data, error } = useStudyAlerts(study);
  return (
    <Dialog
      title={t('ofStudy')}
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('shell:close')}</Button>}
    >
      {error !== null && <p role="alert">{error.message}</p>}
      {data === undefined && error === null && <Busy label={t('shell:loading')} />}
      {data?.results.length === 0 && <p>{t('noneOfStudy')}</p>}
      {data?.results.map((alert) => (
        <section key={alert.id} className={styles['alert']}>
          <AlertFacts alert={alert} />
          {alert.state === 'open' && <AcknowledgeForm alert={alert} onDone={() => undefined} />}
        </section>
      ))}
    </Dialog>
  );
}
