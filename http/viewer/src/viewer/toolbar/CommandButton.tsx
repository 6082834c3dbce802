import { Circle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/Button';
import type { Command } from '../commands/command';
import { useViewer } from '../state';

/** A command in the toolbar. */
export function CommandButton({ command }: { command: Command }) {
  const { t } = useTranslation('viewer');
  const isOn = useViewer((state) => command.isOn?.(state));
  const isAvailable = useViewer((state) => command.isAvailable?.(state) ?? true);
  const Icon = command.icon ?? Circle;
  return (
    <IconButton
      label={t(`commands.${command.id}`)}
      keys={command.keys}
      isDisabled={!isAvailable}
      {...(isOn !== undefined && { isPressed: isOn })}
      onPress={() => void command.run()}
    >
      <Icon />
    </IconButton>
  );
}
