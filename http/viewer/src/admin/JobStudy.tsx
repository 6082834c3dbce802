import { useTranslation } from 'react-i18next';
import type { Job } from '@/api/analyses';
import { api, dataOf } from '@/api/client';
import { notifyFailure } from '@/shell/notices';
import { Button } from '@/ui/Button';
import { studyOf } from './jobFacts';

/** The way to the images of the study that a job works on. */
export function JobStudy({ job }: { job: Job }) {
  const { t } = useTranslation('admin');
  const uid = studyOf(job);
  const { study_id: id } = job;
  if (uid !== null) return <a href={`/viewer/${uid}`}>{t('jobs.openStudy')}</a>;
  if (id == null) return null;
  // Some jobs know only the row of their study.
  const open = async () => {
    try {
      const study = await dataOf(api.GET('/api/studies/{id}/', { params: { path: { id: String(id) } } }));
      location.assign(`/viewer/${study.study_instance_uid}`);
    } catch (error) {
      notifyFailure(t('jobs.studyFailed'), error);
    }
  };
  return <Button onPress={() => void open()}>{t('jobs.openStudy')}</Button>;
}
