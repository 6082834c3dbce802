import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { Problem } from '@/api/problem';
import { Failure } from './Failure';
import { locale, startLanguages } from './i18n';
import { Notices } from './Notices';
import './tokens.css';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 3 && error instanceof Problem && error.mayPass,
    },
  },
});

/** Shows a page with what all pages share: texts of `areas`, server state, notices, and a last resort for failures. */
export async function startPage(areas: readonly string[], content: ReactNode): Promise<void> {
  const theme = localStorage.getItem('noctis.theme');
  if (theme === 'light') document.documentElement.dataset['theme'] = theme;
  await startLanguages(areas);
  const place = document.getElementById('page');
  if (place === null) throw new Error('the page has no place for its content');
  createRoot(place).render(
    <StrictMode>
      <I18nProvider locale={locale()}>
        <QueryClientProvider client={queries}>
          <Failure>{content}</Failure>
          <Notices />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
