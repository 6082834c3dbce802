import { Image } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { jumpToImage } from '../annotations/jumpTo';
import { placeText } from '../annotations/groups';
import { findSeries, useViewer } from '../state';
import { dateText, timeText } from '../study/dates';
import { instanceByUid } from '../study/instances';
import type { Instance } from '../study/model';
import { imagesOf, readReport, type ContentItem, type ContentValue, type ImageReference } from './structuredReport';
import styles from './ReportView.module.css';

const keyObjectSelection = '1.2.840.10008.5.1.4.1.1.88.59';

/** A structured report as a text with headings; a selection of key objects with its images. */
export function ReportView({ instance }: { instance: Instance }) {
  const { t } = useTranslation('documents');
  const report = readReport(instance.data);
  const isKeys = instance.sopClass === keyObjectSelection;
  const state = [
    report.completion && t(`completion.${report.completion}`),
    report.verification && t(`verification.${report.verification}`),
  ];
  return (
    <div className={styles['report']}>
      <h2>{report.title || t('report')}</h2>
      <p className={styles['state']}>{[...state, ...report.verifiers].filter(Boolean).join(' · ')}</p>
      {isKeys && (
        <div className={styles['thumbnails']}>
          {imagesOf(report.content).map((image) => (
            <ImageLink key={`${image.instanceUid}/${image.frame}`} image={image} isLarge />
          ))}
        </div>
      )}
      <Items
        content={isKeys ? report.content.filter(({ value }) => value?.kind !== 'image') : report.content}
        level={3}
      />
    </div>
  );
}

function Items({ content, level }: { content: readonly ContentItem[]; level: number }) {
  return content.map((item, index) => <Item key={index} item={item} level={level} />);
}

function Item({ item, level }: { item: ContentItem; level: number }) {
  const { name, value, children } = item;
  if (value !== null)
    return (
      <div className={styles['item']}>
        <div className={styles['line']} data-context={item.relationship !== 'CONTAINS' || undefined}>
          {name !== '' && <span className={styles['name']}>{name}</span>}
          <span className={styles['value']}>
            <Value value={value} />
          </span>
        </div>
        {children.length > 0 && (
          <div className={styles['children']}>
            <Items content={children} level={level} />
          </div>
        )}
      </div>
    );
  if (name === '' && children.length === 0) return null;
  const Heading = (['h3', 'h4', 'h5', 'h6'] as const)[Math.min(level, 6) - 3] ?? 'h6';
  return (
    <section className={styles['container']} data-level={level}>
      {name !== '' && <Heading>{name}</Heading>}
      <Items content={children} level={level + 1} />
    </section>
  );
}

function Value({ value }: { value: ContentValue }) {
  const { t } = useTranslation('documents');
  switch (value.kind) {
    case 'image':
      return <ImageLink image={value.image} />;
    case 'number':
      return `${value.value} ${value.unit}`.trim();
    case 'date':
      return dateText(value.text);
    case 'time':
      return timeText(value.text);
    case 'datetime':
      return [dateText(value.text.slice(0, 8)), timeText(value.text.slice(8))].filter(Boolean).join(' ');
    case 'graphic':
      return t('graphic', { shape: value.shape, count: value.points });
    case 'object':
      return value.uid;
    default:
      return value.text;
  }
}

function ImageLink({ image, isLarge = false }: { image: ImageReference; isLarge?: boolean }) {
  const { t } = useTranslation('documents');
  const instance = instanceByUid(image.instanceUid);
  const series = useViewer(({ studies }) => findSeries(studies, instance?.seriesUid ?? ''));
  if (instance === undefined || series === undefined)
    return <span className={styles['missing']}>{t('imageMissing')}</span>;
  const { studyUid, seriesUid, uid: instanceUid } = instance;
  const place = placeText(series, instanceUid, image.frame);
  const label = t('imageOf', { series: series.description || series.modality, place });
  const thumbnail = `/dicom-web/studies/${studyUid}/series/${seriesUid}/instances/${instanceUid}/frames/${image.frame}/thumbnail`;
  return (
    <Button onPress={() => void jumpToImage({ seriesUid, instanceUid, frame: image.frame })}>
      {isLarge ? <img src={thumbnail} alt="" width="96" height="96" loading="lazy" /> : <Image aria-hidden />}
      {label}
    </Button>
  );
}
