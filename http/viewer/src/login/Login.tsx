import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { logIn } from '@/api/session';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import icon from '@/shell/icon.svg';
import { nextPage } from './nextPage';
import styles from './Login.module.css';

export function Login() {
  const { t } = useTranslation('login');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await logIn(username, password);
      location.replace(nextPage(location.search));
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
      setBusy(false);
    }
  };

  return (
    <main className={styles['page']}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <h1>
          <img src={icon} alt="" width="36" height="36" /> Noctis
        </h1>
        <TextField
          label={t('username')}
          name="username"
          autoComplete="username"
          value={username}
          onChange={setUsername}
          isRequired
        />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        {failure !== undefined && (
          <p role="alert" className={styles['failure']}>
            {failure}
          </p>
        )}
        <Button kind="primary" type="submit" isDisabled={busy}>
          {t(busy ? 'busy' : 'logIn')}
        </Button>
      </form>
    </main>
  );
}
