import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acknowledgeAlert, type Alert } from '@/api/analyses';
import { Problem } from '@/api/problem';
import { may } from '@/api/session';
import { notify, notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import styles from './Alerts.module.css';

/** The longest note that the server keeps. */
const longest = 1000;

/** Takes an alert upon the user, with a note of what was done. */
export function AcknowledgeForm({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useTranslation('alerts');
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  if (!may('annotation.write')) return <p className={styles['quiet']}>{t('mayNot')}</p>;

  const acknowledge = async () => {
    setBusy(true);
    try {
      await acknowledgeAlert(alert.id, note.trim());
      notify({ kind: 'success', text: t('done') });
      onDone();
    } catch (error) {
      if (error instanceof Problem && error.status === 409) {
        notify({ kind: 'info', text: t('already') });
        onDone();
      } else notifyFailure(t('failed'), error, { label: t('shell:failure.again'), run: () => void acknowledge() });
      setBusy(false);
    }
    void client.invalidateQueries({ queryKey: ['alerts'] });
  };

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void acknowledge();
      }}
    >
      <TextField label={t('note')} value={note} onChange={setNote} maxLength={longest} lines={2} />
      <p className={styles['quiet']}>{t('meaning')}</p>
      <span className={styles['ways']}>
        <Button kind="primary" type="submit" isDisabled={isBusy}>
          {t('acknowledge')}
        </Button>
      </span>
    </form>
  );
}
