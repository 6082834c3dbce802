import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy, Download } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/shell/copyText';
import { notify, notifyFailure } from '@/shell/notices';
import { Busy } from '@/ui/Busy';
import { IconButton } from '@/ui/Button';
import { SearchField } from '@/ui/Field';
import { bulkPath } from '../study/bulkData';
import { findSeries, useViewer } from '../state';
import { usePaneView } from '../panes/paneView';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';
import type { Instance } from '../study/model';
import { loadTagNames } from './dictionary';
import { matches, tagRows, tagText, type TagRow } from './rows';
import styles from './TagBrowser.module.css';

/** The object that the active pane shows. */
function useShown(): Instance | undefined {
  const pane = useViewer(({ panes, activePane }) => panes.find(({ id }) => id === activePane));
  const view = usePaneView(pane?.id ?? '');
  const series = useViewer(({ studies }) =>
    pane !== undefined && 'series' in pane.content ? findSeries(studies, pane.content.series) : undefined,
  );
  const address = view.imageId === null ? undefined : addressOf(view.imageId);
  return (address && instanceByUid(address.instanceUid)) ?? series?.instances[0];
}

/** Every attribute of the shown object. */
export default function TagBrowser() {
  const { t } = useTranslation('documents');
  const instance = useShown();
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const { data: names } = useQuery({ queryKey: ['tag-names'], queryFn: loadTagNames, staleTime: Infinity });
  const rows = useMemo(
    () => (instance && names ? tagRows(instance.data, names.keywordOf).filter((row) => matches(row, wanted)) : []),
    [instance, names, wanted],
  );
  if (instance === undefined) return <p className={styles['empty']}>{t('tags.none')}</p>;
  if (names === undefined) return <Busy label={t('shell:loading')} />;
  const copy = () =>
    void copyRows(rows).then(
      () => notify({ kind: 'success', text: t('tags.copied') }),
      (error: unknown) => notifyFailure(t('tags.copyFailed'), error),
    );
  return (
    <div className={styles['browser']}>
      <div className={styles['head']}>
        <SearchField label={t('tags.search')} placeholder={t('tags.search')} value={query} onChange={setQuery} />
        <IconButton label={t('tags.copy')} isDisabled={rows.length === 0} onPress={copy}>
          <Copy />
        </IconButton>
      </div>
      <Rows rows={rows} />
      <p className={styles['count']} role="status">
        {t('tags.count', { count: rows.length })}
      </p>
    </div>
  );
}

function copyRows(rows: readonly TagRow[]): Promise<void> {
  const line = ({ depth, tag, keyword, vr, value }: TagRow) =>
    `${'  '.repeat(depth)}${tag === '' ? `#${keyword}` : `${tagText(tag)} ${vr} ${keyword} ${value}`}`.trimEnd();
  return copyText(rows.map(line).join('\n'));
}

function Rows({ rows }: { rows: readonly TagRow[] }) {
  const { t } = useTranslation('documents');
  const scroll = useRef<HTMLDivElement>(null);
  // The compiler leaves components with this hook as they are; the list is the whole of this one.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 44,
    overscan: 12,
    getItemKey: (index) => rows[index]?.path ?? index,
  });
  return (
    // A list that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroll} className={styles['scroll']} tabIndex={0} role="region" aria-label={t('panels.tags')}>
      <ul className={styles['rows']} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                ref={list.measureElement}
                data-index={index}
                className={styles['row']}
                style={{ transform: `translateY(${start}px)`, paddingLeft: 12 + row.depth * 10 }}
              >
                <Row row={row} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row: { tag, keyword, vr, value, isPrivate, bulk } }: { row: TagRow }) {
  const { t } = useTranslation('documents');
  if (tag === '') return <span className={styles['item']}>{t('tags.item', { number: keyword })}</span>;
  const path = bulk === undefined ? undefined : bulkPath({ vr, BulkDataURI: bulk });
  return (
    <>
      <span className={styles['name']}>
        <code>{tagText(tag)}</code> <code>{vr}</code> {keyword || t(isPrivate ? 'tags.private' : 'tags.unknown')}
      </span>
      {path === undefined ? (
        <span className={styles['value']}>{value}</span>
      ) : (
        <a className={styles['bulk']} href={path} download={`${tag}.bin`}>
          <Download aria-hidden /> {t('tags.bulk')}
        </a>
      )}
    </>
  );
}
