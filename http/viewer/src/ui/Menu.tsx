import type { ReactNode } from 'react';
import {
  Button,
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
  type MenuItemProps,
} from 'react-aria-components';
import buttons from './Button.module.css';
import styles from './Menu.module.css';

interface MenuProps {
  label: string;
  /** A picture alone; without it the label stands on the button. */
  icon?: ReactNode;
  children: ReactNode;
}

/** A button that opens a menu. */
export function Menu({ label, icon, children }: MenuProps) {
  return (
    <MenuTrigger>
      <Button aria-label={label} className={buttons[icon === undefined ? 'button' : 'icon'] ?? ''}>
        {icon ?? label}
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <AriaMenu className={styles['menu'] ?? ''}>{children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export function MenuItem(props: Omit<MenuItemProps, 'className'>) {
  return <AriaMenuItem {...props} className={styles['item'] ?? ''} />;
}

export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection className={styles['section'] ?? ''}>
      <Header className={styles['title'] ?? ''}>{title}</Header>
      {children}
    </AriaMenuSection>
  );
}
