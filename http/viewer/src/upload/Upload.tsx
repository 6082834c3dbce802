import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileUp } from 'lucide-react';
import { may } from '@/api/session';
import { droppedFiles } from './collect';
import { upload, useUploads } from './store';
import { UploadPanel } from './UploadPanel';
import styles from './Upload.module.css';

/** Takes what is dropped anywhere on the page, and shows what becomes of it. */
export function Upload() {
  const isOpen = useUploads((state) => state.isOpen);
  return (
    <>
      {may('study.upload') && <DropZone />}
      {isOpen && <UploadPanel />}
    </>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

function DropZone() {
  const { t } = useTranslation('upload');
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then(upload);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles['zone']}>
      <FileUp aria-hidden />
      <p>{t('drop')}</p>
    </div>
  );
}
