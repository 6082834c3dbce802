import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Radio } from 'lucide-react';
import { api, dataOf } from '@/api/client';
import { formatNumber } from '@/shell/format';
import { notify, notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';

/** Sends a C-ECHO to a registered application entity, or without one to Noctis itself, and says how that went. */
export function EchoButton({ aeTitle }: { aeTitle?: string }) {
  const { t } = useTranslation('admin');
  const [busy, setBusy] = useState(false);
  const echo = async () => {
    setBusy(true);
    try {
      const body = aeTitle === undefined ? {} : { ae_title: aeTitle };
      const { latency_ms } = await dataOf(api.POST('/dicom/api/scp/test/', { body }));
      const who = aeTitle ?? 'Noctis';
      notify({ kind: 'success', text: t('echo.done', { who, latency: formatNumber(latency_ms, 1) }) });
    } catch (error) {
      notifyFailure(t('echo.failed', { who: aeTitle ?? 'Noctis' }), error, {
        label: t('again'),
        run: () => void echo(),
      });
    }
    setBusy(false);
  };
  return (
    <Button isDisabled={busy} onPress={() => void echo()}>
      <Radio aria-hidden /> {t('echo.button')}
    </Button>
  );
}
