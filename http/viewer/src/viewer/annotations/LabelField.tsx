import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '@/ui/Field';
import { editAnnotation } from './keeper';
import type { AnnotationContent } from './model';

/** Edits the label of an annotation: Enter or leaving the field takes it, Escape does not. */
export function LabelField({ content, onDone }: { content: AnnotationContent; onDone: () => void }) {
  const { t } = useTranslation('annotations');
  const [label, setLabel] = useState(content.label);
  const take = () => {
    if (label.trim() !== content.label) editAnnotation(content.id, { label: label.trim() });
    onDone();
  };
  return (
    <TextField
      label={t('label')}
      hideLabel
      placeholder={t('label')}
      value={label}
      onChange={setLabel}
      maxLength={200}
      // The user asked to write here.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
        if (key === 'Escape') onDone();
      }}
    />
  );
}
