import { useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect } from 'react';
import { readAlerts } from '@/api/analyses';
import { onEvent, type AlertEvent } from '@/api/events';
import { notify } from '@/shell/notices';
import { imagesOf } from './address';

/** How many open alerts the bell lists. */
const listed = 50;

/** The open alerts of all studies that the user may see; the count may be greater than the list is long. */
export function useOpenAlerts() {
  return useQuery({
    queryKey: ['alerts', 'open'],
    queryFn: ({ signal }) => readAlerts({ state: 'open', page_size: listed }, { signal }),
  });
}

/** All alerts of a study, once its row id is known. */
export function useStudyAlerts(study: number | undefined) {
  return useQuery({
    queryKey: ['alerts', 'study', study],
    queryFn: ({ signal }) => readAlerts({ study: study ?? 0, page_size: 200 }, { signal }),
    enabled: study !== undefined,
  });
}

function announce(key: 'raised' | 'escalated', { reason, study_instance_uid }: AlertEvent): void {
  const address = imagesOf(study_instance_uid);
  const isOpen = location.pathname.startsWith(address);
  const action = { label: i18next.t('alerts:open'), run: () => location.assign(address) };
  notify({ kind: 'alert', text: i18next.t(`alerts:${key}`, { reason }), ...(!isOpen && { action }) });
}

/** Keeps what is known of alerts true to the server, and says when one is raised or waits too long. */
export function useFollowAlerts(): void {
  const client = useQueryClient();
  useEffect(() => {
    const reload = () => void client.invalidateQueries({ queryKey: ['alerts'] });
    const stops = [
      onEvent('alert.raised', (event) => {
        announce('raised', event);
        reload();
      }),
      onEvent('alert.escalated', (event) => {
        announce('escalated', event);
        reload();
      }),
      onEvent('alert.acknowledged', reload),
      onEvent('resync', reload),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client]);
}
