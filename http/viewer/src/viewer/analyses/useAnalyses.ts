import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readAnalyses, readJobs, type Finding, type Job, type StudyAnalyses } from '@/api/analyses';
import { onEvent } from '@/api/events';

const key = (studyUid: string) => ['analyses', studyUid] as const;

/** Milliseconds after which a study that is analysed just now is asked for anew, should its events be missed. */
const patience = 5000;

export function isUnderWay(analyses: StudyAnalyses | undefined): boolean {
  return analyses?.state === 'pending' || analyses?.state === 'running';
}

/** What analysers found in a study, followed while they work. */
export function useAnalyses(studyUid: string, withSuperseded = false) {
  const client = useQueryClient();
  useEffect(() => {
    const reload = () => void client.invalidateQueries({ queryKey: key(studyUid) });
    const follow = (event: { study_instance_uid: string }) => {
      if (event.study_instance_uid === studyUid) reload();
    };
    const stops = [
      onEvent('analysis.done', follow),
      onEvent('study.updated', follow),
      onEvent('study.completed', follow),
      onEvent('resync', reload),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, studyUid]);
  return useQuery({
    queryKey: [...key(studyUid), withSuperseded],
    queryFn: ({ signal }) => readAnalyses(studyUid, { signal, withSuperseded }),
    placeholderData: (before, query) => (query?.queryKey[1] === studyUid ? before : undefined),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? patience : false),
  });
}

/** The newest job that analyses a study, followed while it waits or runs. */
export function useAnalysisJob(study: number | undefined) {
  const client = useQueryClient();
  useEffect(
    () =>
      onEvent('job.updated', (event) => {
        if (event.study_id === study && event.queue === 'analysis')
          void client.invalidateQueries({ queryKey: ['analysis-job', study] });
      }),
    [client, study],
  );
  return useQuery({
    queryKey: ['analysis-job', study],
    queryFn: async ({ signal }): Promise<Job | null> => {
      const { results } = await readJobs({ study: study ?? 0, queue: 'analysis', page_size: 25 }, { signal });
      return results.reduce<Job | null>((newest, job) => (newest === null || job.id > newest.id ? job : newest), null);
    },
    enabled: study !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'pending' || state.data?.state === 'running' ? 2000 : false),
  });
}

/** Puts a finding as the server has it now in its place. */
export function useKeepFinding(studyUid: string): (finding: Finding) => void {
  const client = useQueryClient();
  return (finding) =>
    client.setQueriesData<StudyAnalyses>({ queryKey: key(studyUid) }, (known) =>
      known === undefined
        ? known
        : {
            ...known,
            results: known.results.map((run) => ({
              ...run,
              findings: run.findings.map((one) => (one.id === finding.id ? finding : one)),
            })),
          },
    );
}

/** Asks for a study's runs and job anew. */
export function useReloadAnalyses(studyUid: string): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: key(studyUid) });
    void client.invalidateQueries({ queryKey: ['analysis-job'] });
  };
}
