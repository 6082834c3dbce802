import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components';
import { visibleText } from '@/shell/visibleText';
import { Select } from '@/ui/Field';
import { listAnnotations } from '@/viewer/annotations/requests';
import { useSeries } from '@/worklist/series';
import { Thumbnail } from '@/worklist/Thumbnail';
import { hasImage, withImage } from '../editor/content';
import { change } from '../editor/session';
import { useOpen } from '../editor/store';
import { framesOf, imagesOf, picturePath } from './imageList';
import { Items } from './Items';
import styles from './panels.module.css';

const offeredAtMost = 120;

interface Offered {
  series: string;
  uid: string;
  frame: number;
  name: string;
  caption: string;
}

/** Where key images are chosen: those that were marked in the viewer, then any of the study. */
export function ImagePicker() {
  const { t } = useTranslation('reports');
  return (
    <>
      <Marked />
      <section aria-label={t('images.ofStudy')} className={styles['panel']}>
        <h3>{t('images.ofStudy')}</h3>
        <OfSeries />
      </section>
    </>
  );
}

function Marked() {
  const { t } = useTranslation('reports');
  const study = useOpen((open) => open.report.study.study_instance_uid);
  const { data = [] } = useQuery({ queryKey: ['report-annotations', study], queryFn: () => listAnnotations(study) });
  const marked = data.filter(({ kind, deleted }) => kind === 'key_image' && !deleted);
  if (marked.length === 0) return null;
  return (
    <section aria-label={t('images.marked')} className={styles['panel']}>
      <h3>{t('images.marked')}</h3>
      <Pictures
        images={marked.map(({ series_instance_uid, sop_instance_uid, frame, label }, index) => ({
          series: series_instance_uid,
          uid: sop_instance_uid,
          frame,
          name: t('images.markedName', { number: index + 1 }),
          caption: label,
        }))}
      />
    </section>
  );
}

function OfSeries() {
  const { t } = useTranslation('reports');
  const study = useOpen((open) => open.report.study);
  const uid = study.study_instance_uid;
  const { data: all = [] } = useSeries(uid, study.number_of_instances);
  const series = all.filter(({ thumbnail }) => thumbnail(64) !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? series[0]?.uid ?? null;
  const query = useQuery({
    queryKey: ['images-of-series', uid, shown],
    queryFn: ({ signal }) => imagesOf(uid, shown ?? '', signal),
    enabled: shown !== null,
    staleTime: 60_000,
  });
  if (shown === null) return <p className={styles['quiet']}>{t('images.noSeries')}</p>;
  return (
    <>
      <Select
        label={t('images.series')}
        options={series.map((one) => ({
          id: one.uid,
          name: [one.number, one.modality, visibleText(one.description)].filter(Boolean).join(' · '),
        }))}
        value={shown}
        onChange={setChosen}
      />
      <Items query={query}>
        {(images) => (
          <Pictures
            images={framesOf(images, offeredAtMost).map(({ uid: image, frame, frames, number }) => ({
              series: shown,
              uid: image,
              frame,
              name: t('images.image', { number: frames > 1 ? `${number ?? ''}/${frame}` : (number ?? '?') }),
              caption: '',
            }))}
          />
        )}
      </Items>
    </>
  );
}

function Pictures({ images }: { images: readonly Offered[] }) {
  const study = useOpen((open) => open.report.study.study_instance_uid);
  const content = useOpen((open) => open.content);
  return (
    <ul className={styles['images']}>
      {images.map(({ series, uid, frame, name, caption }) => {
        const image = { sop_instance_uid: uid, frame, caption };
        return (
          <li key={`${uid} ${frame}`}>
            <ToggleButton
              className={styles['pick'] ?? ''}
              isSelected={hasImage(content, image)}
              onChange={() => change((now) => withImage(now, image))}
            >
              {({ isSelected }) => (
                <>
                  <Thumbnail source={picturePath(study, series, uid, frame)} alt="" size={88} />
                  {name}
                  {isSelected && <Check aria-hidden />}
                </>
              )}
            </ToggleButton>
          </li>
        );
      })}
    </ul>
  );
}
