import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { Busy } from '@/ui/Busy';
import { Lists } from './list/Lists';

const Editor = lazy(() => import('./editor/Editor'));

/** Reports: the lists of what is to be read and what was written, or the report of the study that the address names. */
export function Reports() {
  const { t } = useTranslation('reports');
  if (!may('study.view')) return <p role="alert">{t('forbidden')}</p>;
  const study = new URLSearchParams(location.search).get('study');
  if (study === null) return <Lists />;
  return (
    <Suspense fallback={<Busy label={t('shell:loading')} />}>
      <Editor studyKey={study} />
    </Suspense>
  );
}
