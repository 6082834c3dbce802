import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import buttons from './Button.module.css';
import styles from './Menu.module.css';

interface ChoiceMenuProps<T extends string> {
  label: string;
  options: readonly { id: T; name: string }[];
  selected: readonly T[];
  onChange: (selected: T[]) => void;
  /** Of what the menu shows on its button in place of its label and the number of choices. */
  children?: ReactNode;
}

/** A button that opens a list of which several may be chosen. */
export function ChoiceMenu<T extends string>({ label, options, selected, onChange, children }: ChoiceMenuProps<T>) {
  const names = options.filter(({ id }) => selected.includes(id)).map(({ name }) => name);
  return (
    <MenuTrigger>
      <Button className={buttons['button'] ?? ''} data-chosen={selected.length > 0 || undefined}>
        {children ?? (names.length === 0 ? label : `${label}: ${names.join(', ')}`)}
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <Menu
          className={styles['menu'] ?? ''}
          aria-label={label}
          selectionMode="multiple"
          selectedKeys={selected}
          onSelectionChange={(keys) =>
            onChange(options.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id)))
          }
        >
          {options.map(({ id, name }) => (
            <MenuItem key={id} id={id} textValue={name} className={styles['item'] ?? ''}>
              {({ isSelected }) => (
                <span className={styles['choice']}>
                  <Check aria-hidden visibility={isSelected ? 'visible' : 'hidden'} /> {name}
                </span>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
