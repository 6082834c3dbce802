import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { AlertBell } from '@/alerts/AlertBell';
import { may } from '@/api/session';
import { SessionGate } from './SessionGate';
import { UserMenu } from './UserMenu';
import icon from './icon.svg';
import styles from './Frame.module.css';

const places = [
  { path: '/worklist/', key: 'places.worklist', permission: 'study.view' },
  { path: '/reports/', key: 'places.reports', permission: 'study.view' },
  { path: '/admin/', key: 'places.admin', permission: 'system.manage' },
] as const;

/** The frame of the pages of lists: a header that leads to the others, and the page's own content. */
export function Frame({ children, tools }: { children: ReactNode; tools?: ReactNode }) {
  return (
    <SessionGate>
      <div className={styles['frame']}>
        <Header tools={tools} />
        <main id="content" className={styles['content']}>
          {children}
        </main>
      </div>
    </SessionGate>
  );
}

function Header({ tools }: { tools?: ReactNode }) {
  const { t } = useTranslation('shell');
  return (
    <header className={styles['header']}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      <a className={styles['brand']} href="/worklist/" aria-label="Noctis">
        <img src={icon} alt="" width="24" height="24" /> <span>Noctis</span>
      </a>
      <nav aria-label={t('places.label')}>
        {places
          .filter(({ permission }) => may(permission))
          .map(({ path, key }) => (
            <a key={path} href={path} {...(location.pathname.startsWith(path) && { 'aria-current': 'page' as const })}>
              {t(key)}
            </a>
          ))}
      </nav>
      <div className={styles['tools']}>{tools}</div>
      <AlertBell />
      <UserMenu />
    </header>
  );
}
