import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { locale } from '@/shell/i18n';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { resolveConflict } from './keeper';
import { measurementLines } from './measurementText';
import type { AnnotationContent } from './model';
import { useAnnotations } from './store';
import { momentText } from './momentText';
import styles from './ConflictDialog.module.css';

/** Has the user decide, where an annotation was changed here and elsewhere. Nothing is overwritten without being asked. */
export function ConflictDialog() {
  const { t } = useTranslation('annotations');
  const entry = useAnnotations(({ entries }) => Object.values(entries).find(({ state }) => state === 'conflict'));
  if (entry?.theirs == null) return null;
  const { content, theirs, isDeleted } = entry;
  const { id } = content;
  const when = momentText(theirs.updated_at);
  return (
    <Dialog
      title={t('conflict.title')}
      isOpen
      onClose={() => undefined}
      actions={
        <>
          <Button onPress={() => resolveConflict(id, 'theirs')}>{t('conflict.takeTheirs')}</Button>
          <Button kind="primary" onPress={() => resolveConflict(id, 'mine')}>
            {isDeleted ? t('conflict.delete') : t('conflict.keepMine')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.text', { kind: t(`kinds.${content.kind}`) })}</p>
      <div className={styles['versions']}>
        <Version title={t('conflict.mine')} content={isDeleted ? null : content} />
        <Version title={t('conflict.theirs', { when })} content={theirs.deleted ? null : theirs} />
      </div>
    </Dialog>
  );
}

/** What a version says; `null`: that it is deleted. */
function Version({ title, content }: { title: string; content: AnnotationContent | null }) {
  const { t } = useTranslation('annotations');
  return (
    <section className={styles['version']}>
      <h3>{title}</h3>
      {content === null && <p>{t('conflict.deleted')}</p>}
      {content !== null && content.label !== '' && <p>{content.label}</p>}
      {content !== null &&
        measurementLines(content.measurements, i18next.t, locale()).map((line) => <p key={line}>{line}</p>)}
    </section>
  );
}
