import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { notify } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Select, TextField } from '@/ui/Field';
import { byUrgency, readWaiting } from '../list/toRead';
import type { ReportStatus, SignedStatus } from '../types';
import { isBlank, openFields, withUsualFields } from './content';
import { change, sign } from './session';
import { useOpen } from './store';
import styles from './SignDialog.module.css';

/** As what a report may be signed next. */
function choicesOf(status: ReportStatus): readonly SignedStatus[] {
  return status === 'final' || status === 'amended' ? ['amended'] : ['final', 'preliminary'];
}

async function goToNext(): Promise<void> {
  const page = await readWaiting().catch(() => undefined);
  const [next] = byUrgency(page?.results ?? []);
  location.assign(next === undefined ? '/reports/' : `/reports/?study=${next.id}`);
}

/** Signs the report with the user's password. */
export function SignDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('reports');
  const status = useOpen((open) => open.report.status);
  const content = useOpen((open) => open.content);
  const choices = choicesOf(status);
  const [chosen, setChosen] = useState<SignedStatus>(choices[0] ?? 'final');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const fields = openFields(content);
  const lacksAddendum = chosen === 'amended' && content.addendum.trim() === '';
  const isReady = password !== '' && fields === 0 && !isBlank(content) && !lacksAddendum && !busy;

  const submit = async () => {
    if (!isReady) return;
    setBusy(true);
    setFailure(null);
    setWrong(false);
    try {
      await sign(chosen, password);
      onClose();
      const action = { label: t('sign.next'), run: () => void goToNext() };
      notify({ kind: 'info', text: t('sign.done', { status: t(`status.${chosen}`) }), action });
    } catch (error) {
      const isDenied = error instanceof Problem && error.status === 403;
      setWrong(isDenied);
      setPassword('');
      if (!isDenied) setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };

  return (
    <Dialog
      title={t('sign.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" type="submit" form="sign-report" isDisabled={!isReady}>
            {t(`sign.as.${chosen}`)}
          </Button>
        </>
      }
    >
      <form
        id="sign-report"
        // What the server refused must not keep the next try from it.
        noValidate
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {isBlank(content) && <p role="alert">{t('sign.blank')}</p>}
        {fields > 0 && <OpenFields count={fields} />}
        {choices.length > 1 && (
          <Select
            label={t('sign.status')}
            options={choices.map((id) => ({ id, name: t(`status.${id}`) }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
        {chosen === 'amended' && (
          <TextField
            label={t('headings.addendum')}
            value={content.addendum}
            onChange={(addendum) => change((now) => ({ ...now, addendum }))}
            lines={3}
            isRequired
          />
        )}
        <TextField
          label={t('sign.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(word) => {
            setPassword(word);
            setWrong(false);
          }}
          error={isWrong ? t('sign.wrong') : undefined}
          // The dialog was opened to sign: the password is what is left to do.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
        {failure !== null && <p role="alert">{failure}</p>}
        <p className={styles['note']}>{t(`sign.note.${chosen}`)}</p>
      </form>
    </Dialog>
  );
}

function OpenFields({ count }: { count: number }) {
  const { t } = useTranslation('reports');
  return (
    <div className={styles['fields']} role="alert">
      <p>{t('sign.fields', { count })}</p>
      <Button onPress={() => change(withUsualFields)}>{t('sign.fillFields')}</Button>
    </div>
  );
}
