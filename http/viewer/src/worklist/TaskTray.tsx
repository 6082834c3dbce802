import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/ui/Button';
import { Busy } from '@/ui/Busy';
import { removeTask, useTasks, type Task } from './tasks';
import styles from './TaskTray.module.css';

/** What goes on in the background, with how far it is and a way to stop it. */
export function TaskTray() {
  const { t } = useTranslation('worklist');
  const tasks = useTasks((state) => state.tasks);
  if (tasks.length === 0) return null;
  return (
    <section className={styles['tray']} aria-label={t('tasks.label')}>
      <ul>
        {tasks.map((task) => (
          <TaskItem key={task.id} task={task} />
        ))}
      </ul>
    </section>
  );
}

function TaskItem({ task }: { task: Task }) {
  const { t } = useTranslation('worklist');
  const { id, label, state, progress, detail, cancel, again } = task;
  return (
    <li data-state={state}>
      <div className={styles['words']}>
        {state === 'running' ? (
          <Busy label={label} value={progress} />
        ) : (
          <strong>
            {label}: {t(`tasks.${state}`)}
          </strong>
        )}
        {detail !== '' && <span className={styles['detail']}>{detail}</span>}
      </div>
      {state === 'failed' && again !== undefined && (
        <Button
          onPress={() => {
            removeTask(id);
            again();
          }}
        >
          {t('again')}
        </Button>
      )}
      {state === 'running' ? (
        cancel !== undefined && <Button onPress={cancel}>{t('cancel')}</Button>
      ) : (
        <IconButton label={t('dismiss')} onPress={() => removeTask(id)}>
          <X />
        </IconButton>
      )}
    </li>
  );
}
