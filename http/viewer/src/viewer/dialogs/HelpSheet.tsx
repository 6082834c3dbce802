import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { commands } from '../commands/all';
import { commandGroups } from '../commands/command';
import { Keys } from '../toolbar/Keys';
import type { DialogProps } from './dialogProps';
import styles from './HelpSheet.module.css';

/** All keys, by group, and what the mouse and fingers do. */
export default function HelpSheet({ onClose }: DialogProps) {
  const { t } = useTranslation('viewer');
  const gestures = t('help.gestures', { returnObjects: true }) as Record<string, string>;
  return (
    <Dialog title={t('help.title')} isOpen onClose={onClose} size="large">
      <div className={styles['groups']}>
        {commandGroups.map((group) => {
          const keyed = commands.filter((command) => command.group === group && command.keys !== undefined);
          if (keyed.length === 0) return null;
          return (
            <section key={group}>
              <h3>{t(`groups.${group}`)}</h3>
              <dl className={styles['keys']}>
                {keyed.map(({ id, keys = '' }) => (
                  <div key={id}>
                    <dt>
                      <Keys keys={keys} />
                    </dt>
                    <dd>{t(`commands.${id}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        <section>
          <h3>{t('help.mouse')}</h3>
          <ul className={styles['gestures']}>
            {Object.entries(gestures).map(([key, text]) => (
              <li key={key}>{text}</li>
            ))}
          </ul>
        </section>
      </div>
      <p>
        <Button onPress={onClose}>{t('shell:close')}</Button>
      </p>
    </Dialog>
  );
}
