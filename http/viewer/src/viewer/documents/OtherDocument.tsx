import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadBlob } from '@/shell/download';
import { notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { text } from '../study/dicomJson';
import type { Instance } from '../study/model';
import { documentTag, fetchDocument } from './encapsulated';
import styles from './DocumentPane.module.css';

const endings: Readonly<Record<string, string>> = {
  'text/XML': 'xml',
  'model/stl': 'stl',
  'model/obj': 'obj',
  'model/mtl': 'mtl',
  'application/pdf': 'pdf',
};

/** An object that isn't shown here: what it is, and its document to be saved. */
export function OtherDocument({ instance }: { instance: Instance }) {
  const { t } = useTranslation('documents');
  const [isBusy, setBusy] = useState(false);
  const { data, uid } = instance;
  const type = text(data, '00420012');
  const save = async () => {
    setBusy(true);
    try {
      downloadBlob(new Blob([await fetchDocument(instance)]), `${uid}.${endings[type] ?? 'bin'}`);
    } catch (error) {
      notifyFailure(t('downloadFailed'), error, { label: t('shell:failure.again'), run: () => void save() });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles['other']}>
      <h2>{text(data, '00420010') || text(data, '0008103E') || text(data, '00080060')}</h2>
      <p>{t('notShown', { type: type || text(data, '00080060') })}</p>
      {data[documentTag] !== undefined && (
        <Button kind="primary" isDisabled={isBusy} onPress={() => void save()}>
          <Download aria-hidden /> {t('download')}
        </Button>
      )}
    </div>
  );
}
