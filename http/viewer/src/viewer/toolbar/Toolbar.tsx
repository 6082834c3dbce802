import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import { AlertBell } from '@/alerts/AlertBell';
import { IconButton } from '@/ui/Button';
import { UserMenu } from '@/shell/UserMenu';
import { StudyAlerts } from '../analyses/StudyAlerts';
import { SaveStatus } from '../annotations/SaveStatus';
import { commands } from '../commands/all';
import { commandGroups, type CommandGroup } from '../commands/command';
import { panels } from '../panels/all';
import { useViewer, viewer } from '../state';
import { CommandButton } from './CommandButton';
import { GroupMenu } from './GroupMenu';
import { LayoutPicker } from './LayoutPicker';
import styles from './Toolbar.module.css';

/** Commands as buttons and menus, by group; panels at the end. */
export function Toolbar() {
  const { t } = useTranslation('viewer');
  const panel = useViewer((state) => state.panel);
  return (
    <header className={styles['bar']}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <a className={styles['back']} href="/worklist/" aria-label={t('worklist')}>
        <ArrowLeft aria-hidden />
      </a>
      <AriaToolbar className={styles['tools'] ?? ''} aria-label={t('toolbar')}>
        {commandGroups.map((group) => (
          <Group key={group} group={group} />
        ))}
      </AriaToolbar>
      <SaveStatus />
      <StudyAlerts />
      <div className={styles['panels']}>
        {panels.map(({ id, icon: Icon }) => (
          <IconButton
            key={id}
            label={t(`panels.${id}`)}
            isPressed={panel === id}
            onPress={() => viewer.set({ panel: panel === id ? null : id })}
          >
            <Icon />
          </IconButton>
        ))}
      </div>
      <AlertBell />
      <UserMenu />
    </header>
  );
}

function Group({ group }: { group: CommandGroup }) {
  const all = commands.filter((command) => command.group === group && command.isElsewhere !== true);
  if (all.length === 0) return null;
  const prominent = all.filter((command) => command.prominent === true);
  return (
    <div className={styles['group']}>
      {group === 'layout' && <LayoutPicker />}
      {prominent.map((command) => (
        <CommandButton key={command.id} command={command} />
      ))}
      {all.length > prominent.length && <GroupMenu group={group} commands={all} />}
    </div>
  );
}
