import { onEvent, type ServerEvents } from '@/api/events';
import { viewer } from '../state';
import { readInstances, refreshOutline } from './loadStudy';

/** Milliseconds for which more images of a series are waited for before it is read anew. */
const patience = 400;

type Stored = ServerEvents['instance.stored'];

/** Adds what is stored for the open studies to their series until the returned function is called. */
export function followStudies(): () => void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const update = async ({ study_instance_uid: study, series_instance_uid: uid }: Stored): Promise<void> => {
    waiting.delete(uid);
    await refreshOutline(study);
    const series = viewer
      .get()
      .studies.flatMap((one) => one.series)
      .find((one) => one.uid === uid);
    if (series !== undefined) await readInstances(series);
  };
  const stored = (event: Stored): void => {
    const isOpen = viewer.get().studies.some(({ uid }) => uid === event.study_instance_uid);
    if (!isOpen || waiting.has(event.series_instance_uid)) return;
    const timer = setTimeout(() => void update(event).catch(() => undefined), patience);
    waiting.set(event.series_instance_uid, timer);
  };
  const refresh = (): void => {
    for (const study of viewer.get().studies)
      for (const { uid, modality } of study.series)
        stored({
          study_id: 0,
          study_instance_uid: study.uid,
          series_instance_uid: uid,
          modality,
          number_of_instances: 0,
        });
  };
  const stops = [onEvent('instance.stored', stored), onEvent('resync', refresh)];
  return () => {
    for (const stop of stops) stop();
    for (const timer of waiting.values()) clearTimeout(timer);
  };
}
