import { useTranslation } from 'react-i18next';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { formatNumber } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { openStudies } from './actions';
import type { Study } from './filters';
import type { SeriesSummary } from './series';
import { Thumbnail } from './Thumbnail';
import styles from './SeriesList.module.css';

interface SeriesListProps {
  series: readonly SeriesSummary[];
  study: Study;
  chosen: string | undefined;
  onChoose: (uid: string) => void;
}

/** The series of a study with their pictures. A choice previews one, a double click or Enter opens the study. */
export function SeriesList({ series, study, chosen, onChoose }: SeriesListProps) {
  const { t } = useTranslation('worklist');
  return (
    <ListBox
      className={styles['list'] ?? ''}
      aria-label={t('details.series')}
      items={series.map((one) => ({ ...one, id: one.uid }))}
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [uid] = keys === 'all' ? [] : keys;
        if (uid !== undefined) onChoose(String(uid));
      }}
      onAction={() => openStudies([study])}
    >
      {(one) => {
        const name = visibleText(one.description) || t('details.unnamedSeries', { number: one.number ?? '–' });
        return (
          <ListBoxItem className={styles['series'] ?? ''} textValue={name}>
            <Thumbnail source={one.thumbnail(128)} alt="" size={56} />
            <span className={styles['words']}>
              <bdi>{name}</bdi>
              <span className={styles['quiet']}>
                {visibleText(one.modality)} ·{' '}
                {t('details.images', { count: one.instances, number: formatNumber(one.instances) })}
              </span>
            </span>
          </ListBoxItem>
        );
      }}
    </ListBox>
  );
}
