import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { StudyAlertsDialog } from '@/alerts/StudyAlertsDialog';
import { useStudyAlerts } from '@/alerts/useAlerts';
import { visibleText } from '@/shell/visibleText';
import { useViewer } from '../state';
import { useAnalyses } from './useAnalyses';
import styles from './StudyAlerts.module.css';

/** That an open study has an alert which nobody has acknowledged; a press opens it. */
export function StudyAlerts() {
  const studies = useViewer((state) => state.studies);
  return studies.map(({ uid }) => <StudyAlert key={uid} study={uid} />);
}

function StudyAlert({ study }: { study: string }) {
  const { t } = useTranslation('alerts');
  const id = useAnalyses(study).data?.study_id;
  const { data } = useStudyAlerts(id);
  const [isOpen, setOpen] = useState(false);
  const open = data?.results.filter(({ state }) => state === 'open') ?? [];
  const [first] = open;
  const name = t(open.some(({ level }) => level === 'critical') ? 'badge.escalated' : 'badge.open');
  return (
    <>
      {first !== undefined && (
        <Button
          className={styles['alert'] ?? ''}
          aria-label={`${name}: ${visibleText(first.reason)}`}
          onPress={() => setOpen(true)}
        >
          <Siren aria-hidden /> <span>{name}</span>
        </Button>
      )}
      {isOpen && id !== undefined && <StudyAlertsDialog study={id} onClose={() => setOpen(false)} />}
    </>
  );
}
