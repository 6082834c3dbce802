import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { StudyAlertsDialog } from '@/alerts/StudyAlertsDialog';
import { visibleText } from '@/shell/visibleText';
import buttons from '@/ui/Button.module.css';
import type { Study } from './filters';
import styles from './AlertBadge.module.css';

/** That a study has an alert: loud while nobody has acknowledged it. Its reason shows beside it, a press opens it. */
export function AlertBadge({ study }: { study: Study }) {
  const { t } = useTranslation('alerts');
  const [isOpen, setOpen] = useState(false);
  if (study.alert == null) return null;
  const reason = visibleText(study.alert_reason ?? '');
  const name = t(`badge.${study.alert}`);
  return (
    <>
      <TooltipTrigger delay={200}>
        <Button
          className={styles['badge'] ?? ''}
          data-alert={study.alert}
          aria-label={[name, reason].filter(Boolean).join(': ')}
          onPress={() => setOpen(true)}
        >
          <Siren aria-hidden /> {name}
        </Button>
        <Tooltip className={buttons['tooltip'] ?? ''} offset={4}>
          <bdi>{reason || name}</bdi>
        </Tooltip>
      </TooltipTrigger>
      {isOpen && <StudyAlertsDialog study={study.id} onClose={() => setOpen(false)} />}
    </>
  );
}
