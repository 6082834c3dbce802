import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fetchGuarded } from '@/api/client';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import { openPdf } from '@/viewer/documents/pdf';
import { PdfPages } from '@/viewer/documents/PdfPages';
import { versionPath } from '../requests';
import { flush } from './session';
import styles from './ReportPdf.module.css';

/** A version of a report as PDF; 0: the draft as it stands now. */
export default function ReportPdf({ id, version }: { id: number; version: number }) {
  const { t } = useTranslation('reports');
  const { data, error, refetch } = useQuery({
    queryKey: ['report-pdf', id, version],
    queryFn: async ({ signal }) => {
      if (version === 0) await flush();
      const response = await fetchGuarded(versionPath(id, version, 'pdf'), { signal });
      const bytes = await response.arrayBuffer();
      return { bytes, pdf: await openPdf(bytes) };
    },
    gcTime: 0,
    staleTime: 0,
  });
  if (error !== null)
    return (
      <div role="alert">
        <p>{t('preview.failed', { reason: error.message })}</p>
        <Button onPress={() => void refetch()}>{t('shell:failure.again')}</Button>
      </div>
    );
  if (data === undefined) return <Busy label={t('preview.loading')} />;
  return (
    <div className={styles['pdf']}>
      <PdfPages
        pdf={data.pdf}
        bytes={data.bytes}
        name={`report-${id}-${version === 0 ? 'draft' : version}`}
        zoom={1.25}
      />
    </div>
  );
}
