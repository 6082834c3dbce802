import { useTranslation } from 'react-i18next';
import { visibleText } from '@/shell/visibleText';
import { Badge, type Tone } from '@/ui/Badge';
import type { Study } from './filters';

const tones: Readonly<Record<string, Tone>> = {
  pending: 'quiet',
  running: 'accent',
  done: 'success',
  failed: 'danger',
};

/** How far the machine's analysis of a study is; nothing where none was asked for. */
export function AiCell({ study: { ai_status: state } }: { study: Study }) {
  const { t } = useTranslation('worklist');
  if (state === null) return null;
  return <Badge tone={tones[state] ?? 'plain'}>{t(`ai.${state}`, { defaultValue: visibleText(state) })}</Badge>;
}
