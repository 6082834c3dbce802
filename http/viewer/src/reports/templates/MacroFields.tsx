import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import type { Macro } from '../types';
import styles from './templates.module.css';

interface MacroFieldsProps {
  macros: readonly Macro[];
  onChange: (macros: readonly Macro[]) => void;
}

/** The short names of a template, and the texts for which they stand. */
export function MacroFields({ macros, onChange }: MacroFieldsProps) {
  const { t } = useTranslation('reports');
  const put = (index: number, change: Partial<Macro>) =>
    onChange(macros.map((macro, at) => (at === index ? { ...macro, ...change } : macro)));
  return (
    <fieldset className={styles['macros']}>
      <legend>{t('templates.macros')}</legend>
      <p className={styles['note']}>{t('templates.macroNote')}</p>
      {macros.map((macro, index) => (
        <div key={index} className={styles['macro']}>
          <TextField
            label={t('templates.macroName', { number: index + 1 })}
            value={macro.name}
            onChange={(name) => put(index, { name })}
            maxLength={32}
          />
          <TextField
            label={t('templates.macroText', { number: index + 1 })}
            value={macro.text}
            onChange={(text) => put(index, { text })}
            lines={2}
          />
          <IconButton
            label={t('templates.removeMacro', { number: index + 1 })}
            onPress={() => onChange(macros.toSpliced(index, 1))}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      <div>
        <Button onPress={() => onChange([...macros, { name: '', text: '' }])}>
          <Plus aria-hidden /> {t('templates.addMacro')}
        </Button>
      </div>
    </fieldset>
  );
}
