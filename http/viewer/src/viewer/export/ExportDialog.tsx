import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { downloadBlob, downloadFrom } from '@/shell/download';
import { notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Checkbox, Select } from '@/ui/Field';
import { findSeries, useViewer, viewer } from '../state';
import type { DialogProps } from '../dialogs/dialogProps';
import { archivePath } from './archivePath';
import { encode, headerOfPane, pictureOf } from './picture';
import styles from './ExportDialog.module.css';

type Format = 'image/png' | 'image/jpeg';
const endings: Readonly<Record<Format, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

/** Saves the shown picture, or the study or series as DICOM, with or without the patient's identity. */
export default function ExportDialog({ onClose }: DialogProps) {
  const { t } = useTranslation('export');
  return (
    <Dialog title={t('title')} isOpen onClose={onClose} actions={<Button onPress={onClose}>{t('shell:close')}</Button>}>
      <Picture />
      <Archives />
    </Dialog>
  );
}

function Picture() {
  const { t } = useTranslation('export');
  const [format, setFormat] = useState<Format>('image/png');
  const [hasAnnotations, setAnnotations] = useState(true);
  const [hasIdentity, setIdentity] = useState(false);
  const { activePane } = viewer.get();
  const isThere = headerOfPane(activePane) !== undefined;
  const save = async () => {
    try {
      const picture = await pictureOf(activePane, { hasAnnotations, hasIdentity });
      downloadBlob(await encode(picture, format), `noctis.${endings[format]}`);
    } catch (error) {
      notifyFailure(t('pictureFailed'), error);
    }
  };
  return (
    <section className={styles['section']}>
      <h3>{t('picture')}</h3>
      {!isThere && <p>{t('noPicture')}</p>}
      <Select
        label={t('format')}
        options={[
          { id: 'image/png', name: 'PNG' },
          { id: 'image/jpeg', name: 'JPEG' },
        ]}
        value={format}
        onChange={setFormat}
      />
      <Checkbox isSelected={hasAnnotations} onChange={setAnnotations}>
        {t('withAnnotations')}
      </Checkbox>
      <Checkbox isSelected={hasIdentity} onChange={setIdentity}>
        {t('withIdentity')}
      </Checkbox>
      <p className={styles['warning']} role="note">
        {t(hasIdentity ? 'identityWarning' : 'burnedWarning')}
      </p>
      <Button kind="primary" isDisabled={!isThere} onPress={() => void save()}>
        <Download aria-hidden /> {t('save')}
      </Button>
    </section>
  );
}

function Archives() {
  const { t } = useTranslation('export');
  const series = useViewer(({ studies, panes, activePane }) => {
    const content = panes.find(({ id }) => id === activePane)?.content;
    return content !== undefined && 'series' in content ? findSeries(studies, content.series) : undefined;
  });
  const study = useViewer(({ studies }) => studies.find(({ uid }) => uid === series?.studyUid) ?? studies[0]);
  if (!may('study.export') || study === undefined) return <p>{t('mayNot')}</p>;
  const offers = [
    { key: 'study', path: archivePath('studies', study.uid, false) },
    { key: 'studyWithout', path: archivePath('studies', study.uid, true) },
    ...(series === undefined
      ? []
      : [
          { key: 'series', path: archivePath('series', series.uid, false) },
          { key: 'seriesWithout', path: archivePath('series', series.uid, true) },
        ]),
  ];
  return (
    <section className={styles['section']}>
      <h3>{t('dicom')}</h3>
      <div className={styles['offers']}>
        {offers.map(({ key, path }) => (
          <Button key={key} onPress={() => downloadFrom(path)}>
            <Download aria-hidden /> {t(`archives.${key}`)}
          </Button>
        ))}
      </div>
      <p className={styles['warning']}>{t('deidentifyWarning')}</p>
    </section>
  );
}
