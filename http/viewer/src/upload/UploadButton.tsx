import { Files, FolderOpen, ListChecks, Upload as UploadIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import { formatShare } from '@/shell/format';
import { Menu, MenuItem } from '@/ui/Menu';
import { useMedia } from '@/ui/useMedia';
import { chooseFiles } from './choose';
import { openUploads, useUploads } from './store';
import { progressOf, totalsOf } from './totals';
import styles from './UploadButton.module.css';

/** Uploads files or a folder; while that goes on, says how far it is. */
export function UploadButton() {
  const { t } = useTranslation('upload');
  const { items, isActive } = useUploads();
  const narrow = useMedia('(max-width: 600px)');
  if (!may('study.upload')) return null;
  const label = isActive ? t('progress', { share: formatShare(progressOf(totalsOf(items))) }) : t('button');
  return (
    <Menu label={label} {...(narrow ? { icon: <UploadIcon /> } : { picture: <UploadIcon aria-hidden /> })}>
      <MenuItem textValue={t('files')} onAction={() => chooseFiles('files')}>
        <span className={styles['choice']}>
          <Files aria-hidden /> {t('files')} <kbd>u</kbd>
        </span>
      </MenuItem>
      <MenuItem textValue={t('folder')} onAction={() => chooseFiles('folder')}>
        <span className={styles['choice']}>
          <FolderOpen aria-hidden /> {t('folder')}
        </span>
      </MenuItem>
      {items.length > 0 && (
        <MenuItem textValue={t('show')} onAction={() => openUploads(true)}>
          <span className={styles['choice']}>
            <ListChecks aria-hidden /> {t('show')}
          </span>
        </MenuItem>
      )}
    </Menu>
  );
}
