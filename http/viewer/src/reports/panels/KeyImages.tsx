import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Thumbnail } from '@/worklist/Thumbnail';
import { mostImages, withCaption, withImage, withImageMoved } from '../editor/content';
import { change } from '../editor/session';
import { isWritable, useOpen } from '../editor/store';
import type { ReportImage } from '../types';
import { picturePath, seriesOf } from './imageList';
import { ImagePicker } from './ImagePicker';
import styles from './panels.module.css';

/** The images that go into the report, with captions, in order. */
export function KeyImages() {
  const { t } = useTranslation('reports');
  const images = useOpen((open) => open.content.images);
  const writable = useOpen(isWritable);
  return (
    <div className={styles['panel']}>
      <section aria-label={t('images.chosen')} className={styles['panel']}>
        <h3>{t('images.count', { count: images.length, most: mostImages })}</h3>
        {images.length === 0 && <p className={styles['quiet']}>{t('images.none')}</p>}
        <ol className={styles['list']}>
          {images.map((image, index) => (
            <ChosenImage
              key={`${image.sop_instance_uid} ${image.frame}`}
              image={image}
              index={index}
              isLast={index === images.length - 1}
            />
          ))}
        </ol>
      </section>
      {writable && <ImagePicker />}
    </div>
  );
}

function usePicture(image: ReportImage): string | null {
  const study = useOpen((open) => open.report.study.study_instance_uid);
  const { data: series } = useQuery({
    queryKey: ['series-of-image', study, image.sop_instance_uid],
    queryFn: () => seriesOf(study, image.sop_instance_uid),
    staleTime: Infinity,
  });
  return series == null ? null : picturePath(study, series, image.sop_instance_uid, image.frame);
}

function ChosenImage({ image, index, isLast }: { image: ReportImage; index: number; isLast: boolean }) {
  const { t } = useTranslation('reports');
  const writable = useOpen(isWritable);
  const picture = usePicture(image);
  const name = t('images.name', { number: index + 1 });
  return (
    <li className={styles['chosen']}>
      <Thumbnail source={picture} alt={name} size={72} />
      {writable ? (
        <TextField
          label={t('images.caption', { number: index + 1 })}
          value={image.caption}
          onChange={(caption) => change((content) => withCaption(content, index, caption))}
          maxLength={256}
        />
      ) : (
        <span className={styles['words']} dir="auto">
          {image.caption}
        </span>
      )}
      {writable && (
        <span className={styles['moves']}>
          <IconButton
            label={t('images.before', { name })}
            isDisabled={index === 0}
            onPress={() => change((content) => withImageMoved(content, index, -1))}
          >
            <ArrowUp />
          </IconButton>
          <IconButton
            label={t('images.after', { name })}
            isDisabled={isLast}
            onPress={() => change((content) => withImageMoved(content, index, 1))}
          >
            <ArrowDown />
          </IconButton>
          <IconButton
            label={t('images.remove', { name })}
            onPress={() => change((content) => withImage(content, image))}
          >
            <Trash2 />
          </IconButton>
        </span>
      )}
    </li>
  );
}
