import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/ui/Button';
import { Checkbox } from '@/ui/Field';
import { PopoverButton } from '@/ui/PopoverButton';
import { columnIds, defaultColumns, type ColumnId } from './columnIds';
import styles from './ColumnChoice.module.css';

interface ColumnChoiceProps {
  shown: readonly ColumnId[];
  onChange: (shown: readonly ColumnId[]) => void;
}

function moved(shown: readonly ColumnId[], id: ColumnId, by: -1 | 1): ColumnId[] {
  const rest = shown.filter((one) => one !== id);
  rest.splice(shown.indexOf(id) + by, 0, id);
  return rest;
}

/** Which columns the table has, and in which order. */
export function ColumnChoice({ shown, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation('worklist');
  const hidden = columnIds.filter((id) => !shown.includes(id));
  const toggle = (id: ColumnId, isShown: boolean) =>
    onChange(isShown ? [...shown, id] : shown.filter((one) => one !== id));
  return (
    <PopoverButton label={t('columnChoice.label')} icon={<Columns3 />}>
      {() => (
        <>
          <ul className={styles['list']}>
            {[...shown, ...hidden].map((id) => {
              const place = shown.indexOf(id);
              return (
                <li key={id}>
                  <Checkbox
                    isSelected={place >= 0}
                    isDisabled={place >= 0 && shown.length === 1}
                    onChange={(isShown) => toggle(id, isShown)}
                  >
                    {t(`columns.${id}`)}
                  </Checkbox>
                  {place >= 0 && (
                    <span className={styles['moves']}>
                      <IconButton
                        label={t('columnChoice.before', { name: t(`columns.${id}`) })}
                        isDisabled={place === 0}
                        onPress={() => onChange(moved(shown, id, -1))}
                      >
                        <ArrowUp />
                      </IconButton>
                      <IconButton
                        label={t('columnChoice.after', { name: t(`columns.${id}`) })}
                        isDisabled={place === shown.length - 1}
                        onPress={() => onChange(moved(shown, id, 1))}
                      >
                        <ArrowDown />
                      </IconButton>
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
          <Button onPress={() => onChange(defaultColumns)}>{t('columnChoice.usual')}</Button>
        </>
      )}
    </PopoverButton>
  );
}
