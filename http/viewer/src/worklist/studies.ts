import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import { notifyFailure } from '@/shell/notices';
import { queryOf, type Filters, type Priority, type Status, type Study, type StudyQuery } from './filters';
import { withChange, withStudy } from './merge';

const background = { 'X-Background': '1' };

export function studiesKey(query: StudyQuery) {
  return ['studies', query] as const;
}

/** Asks for a page of the list without counting as the user's own doing. */
export async function fetchStudies(query: StudyQuery & { study_instance_uid?: string }): Promise<Page<Study>> {
  return (await dataOf(api.GET('/api/studies/', { params: { query }, headers: background }))) as Page<Study>;
}

/** Asks for one row without counting as the user's own doing. */
export async function fetchStudy(id: number): Promise<Study> {
  return dataOf(api.GET('/api/studies/{id}/', { params: { path: { id: String(id) } }, headers: background }));
}

/** The page of studies that the filters choose; while another loads, the one before stays. */
export function useStudies(filters: Filters) {
  const query = queryOf(filters, new Date());
  const client = useQueryClient();
  const ask = (wanted: StudyQuery) => ({
    queryKey: studiesKey(wanted),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await dataOf(api.GET('/api/studies/', { params: { query: wanted }, signal }))) as Page<Study>,
  });
  const result = useQuery({ ...ask(query), placeholderData: keepPreviousData });
  const hasNext = result.data?.next != null && !result.isPlaceholderData;
  const following = JSON.stringify({ ...query, page: query.page + 1 });
  useEffect(() => {
    if (hasNext) client.query(ask(JSON.parse(following) as StudyQuery)).catch(() => undefined);
  }, [client, hasNext, following]);
  return { ...result, query };
}

function updatePages(client: QueryClient, update: (page: Page<Study>) => Page<Study>): void {
  client.setQueriesData<Page<Study>>({ queryKey: ['studies'] }, (page) => page && update(page));
}

/** Puts a study's new row wherever it is shown. */
export function putStudy(client: QueryClient, study: Study): void {
  updatePages(client, (page) => withStudy(page, study));
}

export interface StudyChange {
  study: Study;
  change: { status: Status } | { priority: Priority };
}

export interface Assignment {
  study: Study;
  /** null: nobody */
  reader: { id: number; name: string } | null;
}

/** Changes status or priority: shown at once, taken back where the server refuses. */
export function useChangeStudy() {
  const client = useQueryClient();
  const { t } = useTranslation('worklist');
  const mutation = useMutation({
    mutationFn: ({ study, change }: StudyChange) =>
      dataOf(api.PATCH('/api/studies/{id}/', { params: { path: { id: String(study.id) } }, body: change })),
    onMutate: ({ study, change }) => updatePages(client, (page) => withChange(page, study.id, change)),
    onSuccess: (study) => putStudy(client, study),
    onError: (error, failed) => {
      const { study } = failed;
      const before = 'status' in failed.change ? { status: study.status } : { priority: study.priority };
      updatePages(client, (page) => withChange(page, study.id, before));
      notifyFailure(t('change.failed'), error, { label: t('again'), run: () => mutation.mutate(failed) });
    },
  });
  return mutation.mutate;
}

/** Gives a study to somebody to be read: shown at once, taken back where the server refuses. */
export function useAssign() {
  const client = useQueryClient();
  const { t } = useTranslation('worklist');
  const show = (study: Study, assigned_to: Assignment['reader']) =>
    updatePages(client, (page) => withChange(page, study.id, { assigned_to }));
  const mutation = useMutation({
    mutationFn: ({ study, reader }: Assignment) => {
      const body = { assigned_to: reader?.id ?? null };
      return dataOf(api.PATCH('/api/studies/{id}/', { params: { path: { id: String(study.id) } }, body }));
    },
    onMutate: ({ study, reader }) => show(study, reader),
    onSuccess: (study) => {
      putStudy(client, study);
      void client.invalidateQueries({ queryKey: ['to-read'] });
    },
    onError: (error, failed) => {
      show(failed.study, failed.study.assigned_to);
      notifyFailure(t('change.failed'), error, { label: t('again'), run: () => mutation.mutate(failed) });
    },
  });
  return mutation.mutate;
}
