import { useTranslation } from 'react-i18next';
import { may } from '@/api/session';
import type { Tone } from '@/ui/Badge';
import { ChoiceCell } from './ChoiceCell';
import { priorities, statuses, type Priority, type Status, type Study } from './filters';
import { useChangeStudy } from './studies';

const statusTones: Record<Status, Tone> = {
  scheduled: 'quiet',
  in_progress: 'accent',
  completed: 'plain',
  reported: 'success',
  approved: 'success',
  suspended: 'warning',
  cancelled: 'quiet',
};

const priorityTones: Record<Priority, Tone> = {
  stat: 'danger',
  urgent: 'warning',
  routine: 'quiet',
  elective: 'quiet',
};

export function StatusCell({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const change = useChangeStudy();
  return (
    <ChoiceCell
      label={t('columns.status')}
      value={study.status}
      options={statuses}
      nameOf={(status) => t(`status.${status}`)}
      toneOf={(status) => statusTones[status]}
      onChange={may('study.edit') ? (status) => change({ study, change: { status } }) : undefined}
    />
  );
}

export function PriorityCell({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const change = useChangeStudy();
  return (
    <ChoiceCell
      label={t('columns.priority')}
      value={study.priority}
      options={priorities}
      nameOf={(priority) => t(`priority.${priority}`)}
      toneOf={(priority) => priorityTones[priority]}
      onChange={may('study.edit') ? (priority) => change({ study, change: { priority } }) : undefined}
    />
  );
}
