import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goToLogin, logOut, resumeSession, useSession, type Session } from '@/api/session';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';

const warnSeconds = 120;

/** Warns before the session ends for want of activity, and goes to the login page when it has ended. */
export function IdleWarning({ session }: { session: Session }) {
  const { t } = useTranslation('shell');
  const lastRequest = useSession((state) => state.lastRequest);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.ceil(session.idle_timeout - (now - lastRequest) / 1000);
  const ended = left <= 0;
  useEffect(() => {
    if (ended) goToLogin();
  }, [ended]);
  // Working with images that are here already asks nothing of the server, and is activity all the same.
  useEffect(() => {
    let told = Date.now();
    const active = () => {
      if (Date.now() - told < 60_000) return;
      told = Date.now();
      void resumeSession().catch(() => undefined);
    };
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) addEventListener(kind, active, { passive: true });
    return () => kinds.forEach((kind) => removeEventListener(kind, active));
  }, []);
  return (
    <Dialog
      title={t('idle.title')}
      isOpen={left <= warnSeconds && !ended}
      onClose={() => void resumeSession().catch(() => undefined)}
      actions={
        <>
          <Button onPress={() => void logOut()}>{t('logOut')}</Button>
          <Button kind="primary" onPress={() => void resumeSession().catch(goToLogin)}>
            {t('idle.stay')}
          </Button>
        </>
      }
    >
      <p>{t('idle.text', { count: Math.max(0, left) })}</p>
    </Dialog>
  );
}
