import { ImageOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { readInstances } from '../study/loadStudy';
import type { Series } from '../study/model';
import { retryImage } from './stackViewport';
import styles from './Pane.module.css';

type Props = { reason: string } & ({ pane: string } | { series: Series });

/** Why a pane has nothing to show, and a way to try again. */
export function PaneMessage(props: Props) {
  const { t } = useTranslation('viewer');
  return (
    <div className={styles['message']} role="alert">
      <ImageOff aria-hidden />
      <p>{t('pane.failed')}</p>
      <p className={styles['reason']}>{props.reason}</p>
      <Button onPress={() => void ('pane' in props ? retryImage(props.pane) : readInstances(props.series))}>
        {t('pane.again')}
      </Button>
    </div>
  );
}
