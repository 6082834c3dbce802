import { LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import buttons from '@/ui/Button.module.css';
import { useViewer, viewer } from '../state';
import styles from './LayoutPicker.module.css';

const sides = [1, 2, 3] as const;

/** Chooses rows and columns of panes in a small picture of the screen. */
export function LayoutPicker() {
  const { t } = useTranslation('viewer');
  const layout = useViewer((state) => state.layout);
  const [meant, setMeant] = useState(layout);
  return (
    <DialogTrigger onOpenChange={() => setMeant(layout)}>
      <Button className={buttons['icon'] ?? ''} aria-label={t('layout.label')}>
        <LayoutGrid />
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <Dialog className={styles['dialog'] ?? ''} aria-label={t('layout.label')}>
          {({ close }) => (
            <>
              <div className={styles['grid']}>
                {sides.flatMap((rows) =>
                  sides.map((columns) => (
                    <Button
                      key={`${rows}x${columns}`}
                      className={styles['cell'] ?? ''}
                      aria-label={t(`commands.layout.${rows}x${columns}`)}
                      data-inside={(rows <= meant.rows && columns <= meant.columns) || undefined}
                      onHoverStart={() => setMeant({ rows, columns })}
                      onFocusChange={(isFocused) => isFocused && setMeant({ rows, columns })}
                      onPress={() => {
                        viewer.setLayout({ rows, columns });
                        close();
                      }}
                    />
                  )),
                )}
              </div>
              <p className={styles['size']}>{t(`commands.layout.${meant.rows}x${meant.columns}`)}</p>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
