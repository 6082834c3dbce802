import type { ReactNode } from 'react';
import { Button as AriaButton, ToggleButton, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components';
import styles from './Button.module.css';

type Kind = 'plain' | 'primary' | 'danger';

export function Button({ kind = 'plain', ...rest }: Omit<ButtonProps, 'className'> & { kind?: Kind }) {
  return <AriaButton {...rest} className={styles['button'] ?? ''} data-kind={kind} />;
}

interface IconButtonProps {
  /** What it does: its name for screen readers and its tooltip. */
  label: string;
  /** Keys that do the same, for the tooltip. */
  keys?: string | undefined;
  children: ReactNode;
  onPress: () => void;
  isDisabled?: boolean;
  /** Given for buttons that are on or off. */
  isPressed?: boolean;
}

/** A button that shows a picture alone. */
export function IconButton({ label, keys, children, onPress, isDisabled = false, isPressed }: IconButtonProps) {
  const common = { 'aria-label': label, className: styles['icon'] ?? '', isDisabled };
  return (
    <TooltipTrigger delay={500}>
      {isPressed === undefined ? (
        <AriaButton {...common} onPress={onPress}>
          {children}
        </AriaButton>
      ) : (
        <ToggleButton {...common} isSelected={isPressed} onChange={onPress}>
          {children}
        </ToggleButton>
      )}
      <Tooltip className={styles['tooltip'] ?? ''} offset={4}>
        {label}
        {keys !== undefined && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
