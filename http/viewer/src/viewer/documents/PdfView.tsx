import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';
import { Button } from '@/ui/Button';
import type { Instance } from '../study/model';
import { PdfPages } from './PdfPages';
import { usePdf } from './usePdf';
import styles from './PdfView.module.css';

/** The PDF in an instance. */
export default function PdfView({ instance }: { instance: Instance }) {
  const { t } = useTranslation('documents');
  const { pdf, bytes, failure, retry } = usePdf(instance);
  if (failure !== null)
    return (
      <div role="alert" className={styles['failure']}>
        <p>{t('pdf.failed', { reason: failure.message })}</p>
        <Button onPress={retry}>{t('shell:failure.again')}</Button>
      </div>
    );
  if (pdf === null || bytes === null) return <Busy label={t('shell:loading')} />;
  return <PdfPages pdf={pdf} bytes={bytes} name={instance.uid} />;
}
