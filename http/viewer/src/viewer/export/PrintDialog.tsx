import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Checkbox, Select } from '@/ui/Field';
import { liveEntries, useAnnotations } from '../annotations/store';
import type { DialogProps } from '../dialogs/dialogProps';
import { PrintSheet } from './PrintSheet';
import { printKeyImages, printPanes, type PrintImage } from './printImages';
import styles from './ExportDialog.module.css';

type What = 'panes' | 'keyImages';

/** Prints the panes or the key images, each under its own patient's name. */
export default function PrintDialog({ onClose }: DialogProps) {
  const { t } = useTranslation('export');
  const [what, setWhat] = useState<What>('panes');
  const [hasAnnotations, setAnnotations] = useState(true);
  const [images, setImages] = useState<readonly PrintImage[] | null>(null);
  const hasKeys = useAnnotations((state) => liveEntries(state).some(({ content }) => content.kind === 'key_image'));
  useEffect(() => {
    const done = () => setImages(null);
    window.addEventListener('afterprint', done);
    return () => window.removeEventListener('afterprint', done);
  }, []);
  const print = async () => {
    try {
      setImages(what === 'panes' ? await printPanes(hasAnnotations) : printKeyImages());
    } catch (error) {
      notifyFailure(t('printFailed'), error);
    }
  };
  return (
    <>
      <Dialog
        title={t('print')}
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button onPress={onClose}>{t('shell:close')}</Button>
            <Button kind="primary" onPress={() => void print()}>
              <Printer aria-hidden /> {t('print')}
            </Button>
          </>
        }
      >
        <div className={styles['section']}>
          <Select
            label={t('whatToPrint')}
            options={[
              { id: 'panes', name: t('panes') },
              ...(hasKeys ? [{ id: 'keyImages' as const, name: t('keyImages') }] : []),
            ]}
            value={what}
            onChange={setWhat}
          />
          {what === 'panes' && (
            <Checkbox isSelected={hasAnnotations} onChange={setAnnotations}>
              {t('withAnnotations')}
            </Checkbox>
          )}
          <p className={styles['warning']}>{t('printWarning')}</p>
        </div>
      </Dialog>
      {images !== null && <PrintSheet images={images} />}
    </>
  );
}
