import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components';
import { IconButton } from '@/ui/Button';
import { findSeries, useViewer } from '../state';
import { placeText } from './groups';
import { jumpToImage } from './jumpTo';
import { isForeign, removeAnnotation } from './keeper';
import type { Entry } from './store';
import styles from './KeyImages.module.css';

/** The images that were marked, small. */
export function KeyImages({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('annotations');
  if (entries.length === 0) return null;
  return (
    <section aria-label={t('keyImages')} className={styles['section']}>
      <h3>{t('keyImages')}</h3>
      <ul className={styles['list']}>
        {entries.map((entry) => (
          <KeyImage key={entry.content.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function KeyImage({ entry }: { entry: Entry }) {
  const { t } = useTranslation('annotations');
  const { id, study_instance_uid, series_instance_uid, sop_instance_uid, frame } = entry.content;
  const series = useViewer(({ studies }) => findSeries(studies, series_instance_uid));
  const place = series === undefined ? '' : placeText(series, sop_instance_uid, frame);
  const path = `/dicom-web/studies/${study_instance_uid}/series/${series_instance_uid}/instances/${sop_instance_uid}`;
  const name = [series?.description, t('image', { place })].filter(Boolean).join(', ');
  return (
    <li className={styles['item']}>
      <AriaButton
        className={styles['open'] ?? ''}
        aria-label={t('jump', { name: t('kinds.key_image'), values: name })}
        onPress={() => void jumpToImage({ seriesUid: series_instance_uid, instanceUid: sop_instance_uid, frame })}
      >
        <img src={`${path}/frames/${frame}/thumbnail`} alt="" width="92" height="92" loading="lazy" />
        <span>{name}</span>
      </AriaButton>
      {!isForeign(entry) && (
        <span className={styles['remove']}>
          <IconButton label={t('unmark')} onPress={() => removeAnnotation(id)}>
            <Trash2 />
          </IconButton>
        </span>
      )}
    </li>
  );
}
