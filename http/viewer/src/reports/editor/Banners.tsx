import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import { Button } from '@/ui/Button';
import { DifferencesDialog } from './Differences';
import { decideKept, isOthers } from './session';
import { useOpen } from './store';
import styles from './Banners.module.css';

interface BannerProps {
  tone: 'info' | 'warning' | 'danger';
  children: ReactNode;
}

function Banner({ tone, children }: BannerProps) {
  return (
    <div className={styles['banner']} data-tone={tone} role={tone === 'info' ? 'status' : 'alert'}>
      {children}
    </div>
  );
}

/** What must be known before reading or writing on. */
export function Banners() {
  const { t } = useTranslation('reports');
  const report = useOpen((open) => open.report);
  const isEditing = useOpen((open) => open.isEditing);
  const { editor, signature } = report;
  return (
    <>
      {signature?.intact === false && (
        <Banner tone="danger">
          <strong>{t('signature.brokenTitle')}</strong>
          <p>{t('signature.brokenText')}</p>
        </Banner>
      )}
      {editor !== null && isOthers(report) && !isEditing && (
        <Banner tone="info">
          <p>{t('editedBy', { name: visibleText(editor.name), since: formatMoment(editor.since) })}</p>
        </Banner>
      )}
      <KeptBanner />
    </>
  );
}

/** Offers text that this browser kept and the server has not got. */
function KeptBanner() {
  const { t } = useTranslation('reports');
  const kept = useOpen((open) => open.kept);
  const report = useOpen((open) => open.report);
  const [isCompared, setCompared] = useState(false);
  if (kept === null) return null;
  const isOld = kept.revision < report.revision;
  return (
    <Banner tone="warning">
      <strong>{t('kept.title')}</strong>
      <p>
        {t('kept.text', { at: formatMoment(new Date(kept.at).toISOString()) })} {isOld && t('kept.old')}
      </p>
      <div className={styles['actions']}>
        <Button kind="primary" onPress={() => decideKept('restore')}>
          {t('kept.restore')}
        </Button>
        <Button onPress={() => setCompared(true)}>{t('differences.show')}</Button>
        <Button onPress={() => decideKept('forget')}>{t('kept.forget')}</Button>
      </div>
      {isCompared && (
        <DifferencesDialog
          title={t('kept.title')}
          before={report.content}
          after={kept.content}
          onClose={() => setCompared(false)}
        />
      )}
    </Banner>
  );
}
