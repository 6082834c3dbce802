import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onEvent, type ServerEvents } from '@/api/events';
import { Coalescer } from '@/worklist/coalesce';

const pause = 800;
const coalescer = new Coalescer(pause);

/** Reads a list anew whenever one of these events comes (of this study alone, where one is named), not more often than the eye follows. */
export function useLive(key: string, events: readonly (keyof ServerEvents)[], study?: string): void {
  const client = useQueryClient();
  const names = events.join();
  useEffect(() => {
    const reload = (event: object) => {
      const isOther = study !== undefined && 'study_instance_uid' in event && event.study_instance_uid !== study;
      if (!isOther) coalescer.run(key, () => void client.invalidateQueries({ queryKey: [key] }));
    };
    const stops = names.split(',').map((name) => onEvent(name as keyof ServerEvents, reload));
    return () => stops.forEach((stop) => stop());
  }, [client, key, names, study]);
}
