import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '@/shell/format';
import { visibleText } from '@/shell/visibleText';
import type { ReportStatus, Signature } from '../types';
import { useOpen } from './store';
import styles from './Sections.module.css';

/** Who signed the newest version, and whether it is still what was signed. */
export function SignatureBlock() {
  const signature = useOpen((open) => open.report.signature);
  const status = useOpen((open) => open.report.status);
  const isEditing = useOpen((open) => open.isEditing);
  if (signature === null || isEditing) return null;
  return <SignatureView signature={signature} status={status} />;
}

export function SignatureView({ signature, status }: { signature: Signature; status: ReportStatus }) {
  const { t } = useTranslation('reports');
  const { signed_by, signed_at, digest, intact } = signature;
  const Picture = intact ? ShieldCheck : ShieldAlert;
  return (
    <section className={styles['signature']} data-broken={!intact || undefined} aria-label={t('signature.label')}>
      <span className={styles['signatureState']}>
        <Picture aria-hidden /> {t(intact ? 'signature.intact' : 'signature.brokenTitle')}
      </span>
      <span>
        {t('signature.by', {
          status: t(`status.${status}`),
          name: visibleText(signed_by),
          at: formatMoment(signed_at),
        })}
      </span>
      <span className={styles['digest']}>SHA-256 {digest}</span>
    </section>
  );
}
