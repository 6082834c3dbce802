import { Check, Minus } from 'lucide-react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import styles from './Field.module.css';

/** The box in a row (or in the head) of a table or list that selects it. */
export function SelectionBox({ label }: { label: string }) {
  return (
    <CheckboxField slot="selection" aria-label={label}>
      <CheckboxButton className={styles['selection'] ?? ''}>
        {({ isSelected, isIndeterminate }) => (
          <span className={styles['box']}>
            {isIndeterminate ? <Minus aria-hidden /> : isSelected && <Check aria-hidden />}
          </span>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
