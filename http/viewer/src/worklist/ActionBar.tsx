import { Columns2, Download, Eye, FileText, Send, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { Button, IconButton } from '@/ui/Button';
import { Menu, MenuItem } from '@/ui/Menu';
import { downloadStudies, openReport, openStudies } from './actions';
import { showDialog, useOpenDialog } from './dialogs';
import { DeleteDialog } from './DeleteDialog';
import type { Study } from './filters';
import { SendDialog } from './SendDialog';
import styles from './ActionBar.module.css';

/** What can be done with the selected studies. */
export function ActionBar({ selected }: { selected: readonly Study[] }) {
  const { t } = useTranslation('worklist');
  const dialog = useOpenDialog((state) => state.open);
  const none = selected.length === 0;
  const exporter = may('study.export');
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('actions.label')}>
      <Button kind="primary" isDisabled={none} onPress={() => openStudies(selected.slice(0, 1))}>
        <Eye aria-hidden /> {t('actions.open')}
      </Button>
      <IconButton
        label={t('actions.compare')}
        keys="c"
        isDisabled={selected.length < 2}
        onPress={() => openStudies(selected)}
      >
        <Columns2 />
      </IconButton>
      <IconButton
        label={t('actions.report')}
        keys="r"
        isDisabled={selected.length !== 1}
        onPress={() => openReport(selected)}
      >
        <FileText />
      </IconButton>
      {exporter && !none && (
        <Menu label={t('actions.download')} icon={<Download />}>
          <MenuItem onAction={() => downloadStudies(selected, false)}>{t('actions.zip')}</MenuItem>
          <MenuItem onAction={() => downloadStudies(selected, true)}>{t('actions.anonymised')}</MenuItem>
        </Menu>
      )}
      {exporter && (
        <IconButton label={t('actions.send')} keys="s" isDisabled={none} onPress={() => showDialog('send')}>
          <Send />
        </IconButton>
      )}
      {may('study.delete') && (
        <IconButton label={t('actions.delete')} keys="Del" isDisabled={none} onPress={() => showDialog('delete')}>
          <Trash2 />
        </IconButton>
      )}
      <span className={styles['count']} aria-live="polite">
        {selected.length > 1 && t('actions.selected', { count: selected.length })}
      </span>
      {dialog === 'send' && !none && <SendDialog studies={selected} onClose={() => showDialog(null)} />}
      {dialog === 'delete' && !none && <DeleteDialog studies={selected} onClose={() => showDialog(null)} />}
    </div>
  );
}
