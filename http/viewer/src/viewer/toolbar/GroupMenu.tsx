import { ChevronDown, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Menu, MenuItem } from '@/ui/Menu';
import type { Command, CommandGroup } from '../commands/command';
import { useViewer } from '../state';
import { Keys } from './Keys';
import styles from './Toolbar.module.css';

/** All commands of a group, with their keys. */
export function GroupMenu({ group, commands }: { group: CommandGroup; commands: readonly Command[] }) {
  const { t } = useTranslation('viewer');
  const state = useViewer();
  const Icon = group === 'window' ? SlidersHorizontal : ChevronDown;
  return (
    <Menu label={t(`groups.${group}`)} icon={<Icon />}>
      {commands.map(({ id, icon: Picture, keys, isAvailable, isOn, run }) => (
        <MenuItem
          key={id}
          textValue={t(`commands.${id}`)}
          isDisabled={isAvailable?.(state) === false}
          onAction={() => void run()}
        >
          <span className={styles['item']} data-on={isOn?.(state) === true || undefined}>
            <span className={styles['itemIcon']}>{Picture && <Picture aria-hidden />}</span>
            {t(`commands.${id}`)}
            {keys !== undefined && <Keys keys={keys} />}
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}
