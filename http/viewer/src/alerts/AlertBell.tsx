import { Bell, BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '@/api/analyses';
import { may } from '@/api/session';
import { formatNumber } from '@/shell/format';
import { Button } from '@/ui/Button';
import { PopoverButton } from '@/ui/PopoverButton';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { imagesOf } from './address';
import { AlertFacts } from './AlertFacts';
import { useFollowAlerts, useOpenAlerts } from './useAlerts';
import styles from './Alerts.module.css';

/** How many alerts are open; behind it which, with the way to their images and to acknowledging them. */
export function AlertBell() {
  return may('study.view') ? <OpenAlerts /> : null;
}

function OpenAlerts() {
  const { t } = useTranslation('alerts');
  useFollowAlerts();
  const { data, error } = useOpenAlerts();
  const [chosen, setChosen] = useState<Alert | null>(null);
  const count = data?.count ?? 0;
  const alerts = data?.results ?? [];
  return (
    <>
      <PopoverButton
        label={data === undefined ? t('bellUnknown') : t('bell', { count, number: formatNumber(count) })}
        icon={
          <span className={styles['bell']} data-ringing={count > 0 || undefined}>
            {count > 0 ? <BellRing aria-hidden /> : <Bell aria-hidden />}
            {count > 0 && <span className={styles['count']}>{count > 99 ? '99+' : formatNumber(count)}</span>}
          </span>
        }
      >
        {(close) => (
          <div className={styles['list']}>
            <h2>{t('title')}</h2>
            {error !== null && <p role="alert">{error.message}</p>}
            {data !== undefined && alerts.length === 0 && <p>{t('none')}</p>}
            <ul>
              {alerts.map((alert) => (
                <li key={alert.id}>
                  <AlertFacts alert={alert} />
                  <span className={styles['ways']}>
                    <a href={imagesOf(alert.study_instance_uid)}>{t('open')}</a>
                    {may('annotation.write') && (
                      <Button
                        onPress={() => {
                          close();
                          setChosen(alert);
                        }}
                      >
                        {t('acknowledge')}
                      </Button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
            {count > alerts.length && <p>{t('more', { count: count - alerts.length })}</p>}
          </div>
        )}
      </PopoverButton>
      {chosen !== null && <AcknowledgeDialog alert={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
