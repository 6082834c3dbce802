import { useTranslation } from 'react-i18next';
import { Busy } from '@/ui/Busy';

/** Stands while the viewer's program arrives. */
export function Opening() {
  const { t } = useTranslation('viewer');
  return <Busy label={t('opening')} />;
}
