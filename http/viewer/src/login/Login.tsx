import { Eye, EyeOff } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { logIn } from '@/api/session';
import { chooseLanguage, languages, preferredLanguage, type Language } from '@/shell/i18n';
import { Button, IconButton } from '@/ui/Button';
import { Select, TextField } from '@/ui/Field';
import icon from '@/shell/icon.svg';
import { nextPage } from './nextPage';
import styles from './Login.module.css';

const languageChoices = Object.entries(languages).map(([id, name]) => ({ id: id as Language, name }));

/** Asks who it is, and goes on to the page that was wanted. */
export function Login() {
  const { t } = useTranslation('login');
  return (
    <main className={styles['page']}>
      <title>{`${t('logIn')} · Noctis`}</title>
      <LoginForm />
      <div className={styles['language']}>
        <Select
          label={t('language')}
          hideLabel
          options={languageChoices}
          value={preferredLanguage()}
          onChange={chooseLanguage}
        />
      </div>
    </main>
  );
}

function LoginForm() {
  const { t } = useTranslation('login');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

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
      const field = form.current?.elements.namedItem('password');
      if (field instanceof HTMLInputElement) field.select();
    }
  };
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <form ref={form} className={styles['form']} onSubmit={(event) => void submit(event)}>
      <h1>
        <img src={icon} alt="" width="36" height="36" /> Noctis
      </h1>
      <TextField
        label={t('username')}
        name="username"
        autoComplete="username"
        spellCheck="false"
        value={username}
        onChange={setUsername}
        isRequired
      />
      {/* Keys only tell of the Caps Lock here; the field inside is what takes them. */}
      <div className={styles['password']} role="presentation" onKeyUp={watchCapsLock} onKeyDown={watchCapsLock}>
        <TextField
          label={t('password')}
          name="password"
          type={isShown ? 'text' : 'password'}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <IconButton label={t(isShown ? 'hide' : 'show')} onPress={() => setShown(!isShown)}>
          {isShown ? <EyeOff /> : <Eye />}
        </IconButton>
      </div>
      <p role="status" className={styles['hint']}>
        {capsLock && t('capsLock')}
      </p>
      {failure !== undefined && (
        <p role="alert" className={styles['failure']}>
          {failure}
        </p>
      )}
      <Button kind="primary" type="submit" isDisabled={busy}>
        {t(busy ? 'busy' : 'logIn')}
      </Button>
    </form>
  );
}
