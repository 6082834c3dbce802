import type { Job } from '@/api/analyses';

const uid = /^[\d.]{1,64}$/;

/** Returns the UID of the study that a job works on, `null` where it tells none. */
export function studyOf({ payload }: Job): string | null {
  const named = [payload['study_uid'], payload['study_instance_uid']];
  return named.find((one): one is string => typeof one === 'string' && uid.test(one)) ?? null;
}

export function mayCancel({ state }: Job): boolean {
  return state === 'pending' || state === 'running';
}

export function mayRetry({ state }: Job): boolean {
  return state === 'failed' || state === 'cancelled';
}
