import { useTranslation } from 'react-i18next';
import { copyText } from '@/shell/copyText';
import { notify, notifyFailure } from '@/shell/notices';
import { visibleText } from '@/shell/visibleText';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Differences } from './Differences';
import { plainText } from './plainText';
import { decideConflict, isOthers } from './session';
import { useOpen } from './store';

/** Lets the user decide between what stands here and what somebody else has made of the report. */
export function ConflictDialog() {
  const { t } = useTranslation('reports');
  const theirs = useOpen((open) => open.theirs);
  const content = useOpen((open) => open.content);
  if (theirs === null) return null;
  const isSigned = theirs.status !== 'draft' && !theirs.editing;
  const who = isOthers(theirs)
    ? t('conflict.edited', { name: visibleText(theirs.editor?.name ?? '') })
    : t(isSigned ? 'conflict.signed' : 'conflict.changed');
  const failed = (error: unknown) => notifyFailure(t('conflict.failed'), error);
  const takeTheirs = () => void decideConflict('theirs').catch(failed);
  const copyMine = async () => {
    try {
      await copyText(plainText(content, (part) => t(`headings.${part}`)));
      notify({ kind: 'success', text: t('conflict.copied') });
      await decideConflict('theirs');
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Dialog
      title={t('conflict.title')}
      isOpen
      onClose={() => undefined}
      size="large"
      actions={
        <>
          <Button onPress={takeTheirs}>{t('conflict.theirs')}</Button>
          <Button onPress={() => void copyMine()}>{t('conflict.copy')}</Button>
          {!isSigned && (
            <Button kind="primary" onPress={() => void decideConflict('mine').catch(failed)}>
              {t(isOthers(theirs) ? 'conflict.takeOver' : 'conflict.mine')}
            </Button>
          )}
        </>
      }
    >
      <p>{who}</p>
      <h3>{t('conflict.differences')}</h3>
      <Differences before={theirs.content} after={content} />
    </Dialog>
  );
}
