import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { Select } from '@/ui/Field';
import { findSeries, useViewer } from '../state';
import { personName, text } from '../study/dicomJson';
import { nameText } from '../study/names';
import { dateText, timeText } from '../study/dates';
import type { Instance } from '../study/model';
import type { PaneProps } from '../panes/paneProps';
import { OtherDocument } from './OtherDocument';
import { ReportView } from './ReportView';
import styles from './DocumentPane.module.css';

const PdfView = lazy(() => import('./PdfView'));

const encapsulatedPdf = '1.2.840.10008.5.1.4.1.1.104.1';

/** The documents of a series: structured reports, key objects, PDF; of others, what they are, to be downloaded. */
export default function DocumentPane({ content }: PaneProps<'document'>) {
  const { t } = useTranslation('documents');
  const series = useViewer(({ studies }) => findSeries(studies, content.series));
  const [chosen, choose] = useState<string | null>(null);
  const instances = series?.instances ?? [];
  const instance = instances.find(({ uid }) => uid === chosen) ?? instances[0];
  if (series?.failure !== undefined)
    return (
      <p role="alert" className={styles['message']}>
        {series.failure.message}
      </p>
    );
  if (series?.isRead !== true) return <Busy label={t('shell:loading')} />;
  if (instance === undefined) return <p className={styles['message']}>{t('empty')}</p>;
  return (
    <article className={styles['document']} data-document={instance.uid} aria-label={titleOf(instance)}>
      <Identity instance={instance} />
      {instances.length > 1 && (
        <div className={styles['choice']}>
          <Select
            label={t('which')}
            options={instances.map((one, index) => ({ id: one.uid, name: `${index + 1}. ${titleOf(one)}` }))}
            value={instance.uid}
            onChange={choose}
          />
        </div>
      )}
      <Suspense fallback={<Busy label={t('shell:loading')} />}>
        <Content key={instance.uid} instance={instance} />
      </Suspense>
    </article>
  );
}

function titleOf({ data }: Instance): string {
  return text(data, '00420010') || text(data, '0008103E') || text(data, '00080060');
}

function Content({ instance }: { instance: Instance }) {
  if (instance.sopClass === encapsulatedPdf) return <PdfView instance={instance} />;
  if (instance.data['0040A730'] !== undefined || instance.data['0040A040'] !== undefined)
    return <ReportView instance={instance} />;
  return <OtherDocument instance={instance} />;
}

/** Whose document it is, by its own header. */
function Identity({ instance: { data } }: { instance: Instance }) {
  const parts = [nameText(personName(data, '00100010')), text(data, '00100020'), dateText(text(data, '00100030'))];
  const made = [dateText(text(data, '00080023')), timeText(text(data, '00080033'))].filter(Boolean).join(' ');
  return (
    <header className={styles['identity']}>
      <strong>{parts.filter(Boolean).join(' · ')}</strong>
      <span>{made}</span>
    </header>
  );
}
