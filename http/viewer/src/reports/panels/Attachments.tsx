import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Paperclip, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileTrigger } from 'react-aria-components';
import { may } from '@/api/session';
import { downloadFrom } from '@/shell/download';
import { formatBytes, formatMoment } from '@/shell/format';
import { notify, notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { useOpen } from '../editor/store';
import { addAttachment, attachmentsPath, listAttachments, removeAttachment } from '../requests';
import type { Attachment } from '../types';
import { Items } from './Items';
import styles from './panels.module.css';

const largest = 16 * 1024 * 1024;

/** Files that belong to the report. */
export function Attachments() {
  const { t } = useTranslation('reports');
  const id = useOpen((open) => open.report.id);
  const client = useQueryClient();
  const [doomed, setDoomed] = useState<Attachment | null>(null);
  const [busy, setBusy] = useState(false);
  const query = useQuery({ queryKey: ['report-attachments', id], queryFn: () => listAttachments(id) });
  const reload = () => void client.invalidateQueries({ queryKey: ['report-attachments', id] });
  const add = async (files: readonly File[]) => {
    setBusy(true);
    for (const file of files)
      try {
        if (file.size > largest) throw new Error(t('attachments.tooLarge', { size: formatBytes(largest) }));
        await addAttachment(id, file);
      } catch (error) {
        notifyFailure(t('attachments.failed', { name: file.name }), error);
      }
    setBusy(false);
    reload();
  };
  const remove = async (attachment: Attachment) => {
    setDoomed(null);
    try {
      await removeAttachment(id, attachment.id);
      notify({ kind: 'info', text: t('attachments.removed', { name: attachment.name }) });
    } catch (error) {
      notifyFailure(t('attachments.removeFailed'), error);
    }
    reload();
  };
  return (
    <div className={styles['panel']}>
      {may('report.write') && (
        <FileTrigger allowsMultiple onSelect={(files) => void add([...(files ?? [])])}>
          <Button isDisabled={busy}>
            <Paperclip aria-hidden /> {t(busy ? 'attachments.adding' : 'attachments.add')}
          </Button>
        </FileTrigger>
      )}
      <Items query={query}>
        {(attachments) =>
          attachments.length === 0 ? (
            <p className={styles['quiet']}>{t('attachments.none')}</p>
          ) : (
            <ul className={styles['list']}>
              {attachments.map((attachment) => (
                <Row key={attachment.id} report={id} attachment={attachment} onRemove={setDoomed} />
              ))}
            </ul>
          )
        }
      </Items>
      <Dialog
        title={t('attachments.removeTitle')}
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        actions={
          <>
            <Button onPress={() => setDoomed(null)}>{t('shell:cancel')}</Button>
            <Button kind="danger" onPress={() => doomed !== null && void remove(doomed)}>
              {t('attachments.confirm')}
            </Button>
          </>
        }
      >
        <p>{t('attachments.removeText', { name: visibleText(doomed?.name ?? '') })}</p>
      </Dialog>
    </div>
  );
}

interface RowProps {
  report: number;
  attachment: Attachment;
  onRemove: (attachment: Attachment) => void;
}

function Row({ report, attachment, onRemove }: RowProps) {
  const { t } = useTranslation('reports');
  const name = visibleText(attachment.name);
  const about = [formatBytes(attachment.size), visibleText(attachment.added_by), formatMoment(attachment.added_at)];
  return (
    <li className={styles['item']}>
      <span className={styles['words']}>
        <bdi>{name}</bdi>
        <span className={styles['quiet']}>{about.join(' · ')}</span>
      </span>
      <span className={styles['row']}>
        <IconButton
          label={t('attachments.download', { name })}
          onPress={() => downloadFrom(`${attachmentsPath(report)}${attachment.id}/`, attachment.name)}
        >
          <Download />
        </IconButton>
        {may('report.write') && (
          <IconButton label={t('attachments.remove', { name })} onPress={() => onRemove(attachment)}>
            <Trash2 />
          </IconButton>
        )}
      </span>
    </li>
  );
}
