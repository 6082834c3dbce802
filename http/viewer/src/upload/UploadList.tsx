import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { RotateCw, X } from 'lucide-react';
import { formatBytes, formatShare } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import { IconButton } from '@/ui/Button';
import type { UploadItem, UploadState } from './queue';
import { uploads, useUploads } from './store';
import styles from './UploadList.module.css';

interface UploadRow {
  key: string;
  path: string;
  state: UploadState;
  reason: string;
  /** The file itself; left out for what lay in a ZIP. */
  item?: UploadItem;
}

const tones: Record<UploadState, Tone> = {
  waiting: 'quiet',
  sending: 'accent',
  stored: 'success',
  duplicate: 'quiet',
  refused: 'danger',
  failed: 'danger',
  cancelled: 'warning',
};

/** Which files the list of uploads shows. */
export type UploadListView = 'all' | 'problems' | 'duplicates' | 'stored';

const shownStates: Record<UploadListView, readonly UploadState[]> = {
  all: ['waiting', 'sending', 'stored', 'duplicate', 'refused', 'failed', 'cancelled'],
  problems: ['refused', 'failed', 'cancelled'],
  duplicates: ['duplicate'],
  stored: ['stored'],
};

function rowsOf(items: readonly UploadItem[], view: UploadListView): UploadRow[] {
  const rows = items.flatMap((item): UploadRow[] => [
    { key: `${item.id}`, path: item.path, state: item.state, reason: item.reason, item },
    ...item.entries.map(({ name, status, reason = '' }, index) => ({
      key: `${item.id}/${index}`,
      path: `${item.path} › ${name}`,
      state: status,
      reason,
    })),
  ]);
  return rows.filter(({ state }) => shownStates[view].includes(state));
}

/** The files of the uploads, however many they are. */
export function UploadList({ view }: { view: UploadListView }) {
  const { t } = useTranslation('upload');
  const { items } = useUploads();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = rowsOf(items, view);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised on it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: () => 40,
    overscan: 10,
  });
  if (rows.length === 0) return <p className={styles['none']}>{t('view.none')}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <div className={styles['scroller']} ref={scroller} tabIndex={0} role="group" aria-label={t('view.label')}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row row={row} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row: { path, state, reason, item } }: { row: UploadRow }) {
  const { t } = useTranslation('upload');
  const share = item === undefined || item.file.size === 0 ? 0 : item.sent / item.file.size;
  return (
    <div className={styles['row']}>
      <span className={styles['words']}>
        <bdi>{visibleText(path)}</bdi>
        {reason !== '' && <span className={styles['reason']}>{visibleText(reason)}</span>}
      </span>
      {item !== undefined && <span className={styles['size']}>{formatBytes(item.file.size)}</span>}
      <Badge tone={tones[state]}>
        {state === 'sending' && share < 1 ? formatShare(share) : t(`state.${state === 'sending' ? 'checking' : state}`)}
      </Badge>
      {item !== undefined && (state === 'waiting' || state === 'sending') && (
        <IconButton label={t('cancelFile', { name: path })} onPress={() => uploads.cancel(item)}>
          <X />
        </IconButton>
      )}
      {item !== undefined && (state === 'failed' || state === 'cancelled') && (
        <IconButton label={t('retryFile', { name: path })} onPress={() => uploads.retry([item])}>
          <RotateCw />
        </IconButton>
      )}
    </div>
  );
}
