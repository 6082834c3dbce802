import { useTranslation } from 'react-i18next';
import { visibleText } from '@/shell/visibleText';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import type { ReportContent } from '../types';
import { differencesOf, type Difference } from './differences';
import styles from './Differences.module.css';

/** What was changed from one content to another, part by part. */
export function Differences({ before, after }: { before: ReportContent; after: ReportContent }) {
  const { t } = useTranslation('reports');
  const differences = differencesOf(before, after);
  if (differences.length === 0) return <p>{t('differences.none')}</p>;
  return differences.map((difference) => (
    <section key={difference.part} aria-label={t(`headings.${difference.part}`)}>
      <h3 className={styles['heading']}>{t(`headings.${difference.part}`)}</h3>
      <Changes difference={difference} />
    </section>
  ));
}

function Changes({ difference: { pieces } }: { difference: Difference }) {
  const { t } = useTranslation('reports');
  return (
    <p className={styles['text']} dir="auto">
      {pieces.map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{visibleText(text)}</span>;
        const Mark = kind === 'added' ? 'ins' : 'del';
        return (
          <Mark key={index} className={styles[kind]}>
            <span className="visually-hidden">{t(`differences.${kind}`)} </span>
            {visibleText(text)}
          </Mark>
        );
      })}
    </p>
  );
}

interface DifferencesDialogProps {
  title: string;
  before: ReportContent;
  after: ReportContent;
  onClose: () => void;
}

export function DifferencesDialog({ title, before, after, onClose }: DifferencesDialogProps) {
  const { t } = useTranslation('reports');
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="large"
      actions={<Button onPress={onClose}>{t('shell:close')}</Button>}
    >
      <Differences before={before} after={after} />
    </Dialog>
  );
}
