import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeJob, type Job } from '@/api/analyses';
import { notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';

export type JobAction = 'cancel' | 'retry';

interface JobActionDialogProps {
  job: Job;
  action: JobAction;
  onClose: () => void;
}

/** Asks whether a job is to be stopped or tried again, and does so. */
export function JobActionDialog({ job, action, onClose }: JobActionDialogProps) {
  const { t } = useTranslation('admin');
  const [isBusy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await changeJob(job.id, action);
      onClose();
    } catch (error) {
      notifyFailure(t('jobs.actionFailed'), error);
      setBusy(false);
    }
  };
  const what = { id: job.id, queue: job.queue };
  return (
    <Dialog
      title={t(`jobs.${action}Title`, what)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('jobs.leave')}</Button>
          <Button kind={action === 'cancel' ? 'danger' : 'primary'} isDisabled={isBusy} onPress={() => void act()}>
            {t(`jobs.${action}`, what)}
          </Button>
        </>
      }
    >
      <p>{t(`jobs.${action}Text`)}</p>
    </Dialog>
  );
}
