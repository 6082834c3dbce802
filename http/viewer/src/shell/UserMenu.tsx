import { CircleUserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { logOut, useSession } from '@/api/session';
import { Menu, MenuItem, MenuSection } from '@/ui/Menu';
import { chooseLanguage, languages, type Language } from './i18n';

function setTheme(theme: 'dark' | 'light'): void {
  localStorage.setItem('noctis.theme', theme);
  document.documentElement.dataset['theme'] = theme;
}

/** The user's own settings and the way out. */
export function UserMenu() {
  const { t } = useTranslation('shell');
  const user = useSession((state) => state.session?.user);
  const light = document.documentElement.dataset['theme'] === 'light';
  return (
    <Menu label={t('userMenu', { name: user?.full_name || user?.username })} icon={<CircleUserRound />}>
      <MenuItem onAction={() => setTheme(light ? 'dark' : 'light')}>{t(light ? 'theme.dark' : 'theme.light')}</MenuItem>
      <MenuSection title={t('language')}>
        {Object.entries(languages).map(([tag, name]) => (
          <MenuItem key={tag} onAction={() => chooseLanguage(tag as Language)}>
            {name}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuItem onAction={() => void logOut()}>{t('logOut')}</MenuItem>
    </Menu>
  );
}
