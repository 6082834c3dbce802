import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Badge, type Tone } from '@/ui/Badge';
import menus from '@/ui/Menu.module.css';
import styles from './ChoiceCell.module.css';

interface ChoiceCellProps<T extends string> {
  /** What is chosen, for screen readers: `Status`. */
  label: string;
  value: T;
  options: readonly T[];
  nameOf: (option: T) => string;
  toneOf: (option: T) => Tone;
  /** Left out where the user may not choose. */
  onChange?: ((value: T) => void) | undefined;
}

/** A cell whose value is one of several, chosen in place. */
export function ChoiceCell<T extends string>(props: ChoiceCellProps<T>) {
  const { label, value, options, nameOf, toneOf, onChange } = props;
  const badge = <Badge tone={toneOf(value)}>{nameOf(value)}</Badge>;
  if (onChange === undefined) return badge;
  return (
    <MenuTrigger>
      <Button className={styles['choice'] ?? ''} aria-label={`${label}: ${nameOf(value)}`}>
        {badge}
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={menus['popover'] ?? ''}>
        <Menu
          className={menus['menu'] ?? ''}
          aria-label={label}
          selectionMode="single"
          selectedKeys={[value]}
          onAction={(key) => {
            if (key !== value) onChange(key as T);
          }}
        >
          {options.map((option) => (
            <MenuItem key={option} id={option} className={menus['item'] ?? ''}>
              {nameOf(option)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
