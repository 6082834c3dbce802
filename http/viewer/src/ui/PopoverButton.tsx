import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import buttons from './Button.module.css';
import styles from './Menu.module.css';

interface PopoverButtonProps {
  label: string;
  /** Something in it is chosen. */
  isChosen?: boolean;
  /** A picture alone; without it the label stands on the button. */
  icon?: ReactNode;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small panel beside it. */
export function PopoverButton({ label, isChosen = false, icon, children }: PopoverButtonProps) {
  return (
    <DialogTrigger>
      <Button
        className={buttons[icon === undefined ? 'button' : 'icon'] ?? ''}
        data-chosen={isChosen || undefined}
        {...(icon !== undefined && { 'aria-label': label })}
      >
        {icon ?? (
          <>
            {label}
            <ChevronDown aria-hidden />
          </>
        )}
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <Dialog className={styles['panel'] ?? ''} aria-label={label}>
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
