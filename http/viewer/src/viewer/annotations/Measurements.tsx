import { Copy, Download } from 'lucide-react';
import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/shell/copyText';
import { downloadFrom } from '@/shell/download';
import { locale } from '@/shell/i18n';
import { notify, notifyFailure } from '@/shell/notices';
import { Button, IconButton } from '@/ui/Button';
import { useViewer } from '../state';
import { KeyImages } from './KeyImages';
import { MeasurementRow } from './MeasurementRow';
import { groupBySeries, seriesTitle } from './groups';
import { listAsText } from './listAsText';
import { reloadAnnotations } from './keeper';
import { csvPath } from './requests';
import { SaveStatus } from './SaveStatus';
import { liveEntries, useAnnotations } from './store';
import styles from './Measurements.module.css';

/** All annotations of the open studies, by series. */
export default function Measurements() {
  const { t } = useTranslation('annotations');
  const entries = useAnnotations((state) => state.entries);
  const failure = useAnnotations((state) => state.failure);
  const studies = useViewer((state) => state.studies);
  const live = useMemo(() => liveEntries({ entries }), [entries]);
  const keyImages = live.filter(({ content }) => content.kind === 'key_image');
  const groups = groupBySeries(
    studies,
    live.filter(({ content }) => content.kind !== 'key_image'),
  );
  const copy = () =>
    copyText(listAsText(groups, i18next.t, locale())).then(
      () => notify({ kind: 'success', text: t('copied') }),
      (error: unknown) => notifyFailure(t('copyFailed'), error),
    );
  return (
    <div className={styles['panel']}>
      <header className={styles['head']}>
        <SaveStatus />
        <IconButton label={t('copy')} isDisabled={groups.length === 0} onPress={() => void copy()}>
          <Copy />
        </IconButton>
        <IconButton
          label={t('csv')}
          isDisabled={!live.some(({ stored }) => stored !== null)}
          onPress={() => studies.forEach(({ uid }) => downloadFrom(csvPath(uid)))}
        >
          <Download />
        </IconButton>
      </header>
      {failure !== null && (
        <div role="alert" className={styles['failure']}>
          <p>{t('loadFailed', { reason: failure })}</p>
          <Button onPress={() => void reloadAnnotations()}>{t('shell:failure.again')}</Button>
        </div>
      )}
      {live.length === 0 && failure === null && <p className={styles['empty']}>{t('empty')}</p>}
      <KeyImages entries={keyImages} />
      {groups.map(({ series, entries: rows }) => (
        <section key={series.uid} className={styles['group']} aria-label={seriesTitle(series, t)}>
          <h3>{seriesTitle(series, t)}</h3>
          <ul>
            {rows.map((entry) => (
              <MeasurementRow key={entry.content.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
