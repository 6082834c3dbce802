import { t } from 'i18next';
import { api, dataOf, fetchGuarded } from '@/api/client';
import { onEvent } from '@/api/events';
import type { components } from '@/api/schema';
import { formatBytes } from '@/shell/format';
import { nameInLine } from '@/shell/personName';
import type { Study } from './filters';
import { addTask, updateTask } from './tasks';

type Job = components['schemas']['job'];

function shortName(studies: readonly Study[]): string {
  const [first] = studies;
  if (first === undefined || studies.length > 1) return t('worklist:studies', { count: studies.length });
  return nameInLine(first.patient.patient_name) || t('worklist:unnamed');
}

/** Opens studies in the viewer: the first, beside it those to compare it with. */
export function openStudies(studies: readonly Study[]): void {
  const [first, ...others] = studies;
  if (first === undefined) return;
  const query = new URLSearchParams(others.map(({ study_instance_uid }) => ['compare', study_instance_uid]));
  location.assign(`/viewer/${first.study_instance_uid}${query.size > 0 ? `?${query}` : ''}`);
}

/** Opens the report of a study: the one that there is, or a new one. */
export function openReport(studies: readonly Study[]): void {
  const [first] = studies;
  if (first !== undefined) location.assign(`/reports/?study=${first.id}`);
}

function saveAs(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

async function receive(response: Response, onBytes: (received: number) => void): Promise<Blob> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
    pieces.push(piece.value);
    received += piece.value.length;
    onBytes(received);
  }
  return new Blob(pieces, { type: 'application/zip' });
}

/** Saves studies as one ZIP, by the profile `basic` de-identified where that is asked for. */
export function downloadStudies(studies: readonly Study[], anonymised: boolean): void {
  const query = anonymised ? '?deidentify=basic' : '';
  const [only] = studies;
  if (studies.length === 1 && only !== undefined) {
    saveAs(`/api/studies/${only.id}/archive/${query}`, '');
    return;
  }
  void downloadMany(studies, query);
}

async function downloadMany(studies: readonly Study[], query: string): Promise<void> {
  const controller = new AbortController();
  const task = addTask({
    label: t('worklist:tasks.download', { what: shortName(studies) }),
    cancel: () => controller.abort(),
    again: () => void downloadMany(studies, query),
  });
  try {
    const response = await fetchGuarded(`/api/archive/${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ studies: studies.map(({ id }) => id) }),
      signal: controller.signal,
    });
    const archive = await receive(response, (bytes) => updateTask(task, { detail: formatBytes(bytes) }));
    const address = URL.createObjectURL(archive);
    saveAs(address, 'studies.zip');
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    updateTask(task, { state: 'done' });
  } catch (reason) {
    const detail = controller.signal.aborted ? t('worklist:tasks.cancelled') : (reason as Error).message;
    updateTask(task, { state: 'failed', detail });
  }
}

const ended: readonly Job['state'][] = ['done', 'failed', 'cancelled'];

/** Has studies sent to a registered application entity; how far that is stands in the tray of tasks. */
export async function sendStudies(studies: readonly Study[], destination: string): Promise<void> {
  await Promise.all(studies.map((study) => sendStudy(study, destination)));
}

async function sendStudy(study: Study, destination: string): Promise<void> {
  const answer = api.POST('/api/studies/{id}/send/', {
    params: { path: { id: String(study.id) } },
    body: { destination },
  });
  const { id } = await dataOf(answer);
  const path = { params: { path: { id: String(id) } }, headers: { 'X-Background': '1' } };
  const task = addTask({
    label: t('worklist:tasks.send', { what: shortName([study]), destination }),
    cancel: () => void api.POST('/api/jobs/{id}/cancel/', path).catch(() => undefined),
    again: () => void sendStudy(study, destination).catch(() => undefined),
  });
  const show = (job: Job) => {
    const detail = job.state === 'cancelled' ? t('worklist:tasks.cancelled') : job.error;
    const state = job.state === 'done' ? 'done' : ended.includes(job.state) ? 'failed' : 'running';
    updateTask(task, { progress: job.state === 'pending' ? undefined : job.progress, detail, state });
    if (ended.includes(job.state)) stop();
  };
  const look = () => void dataOf(api.GET('/api/jobs/{id}/', path)).then(show, () => undefined);
  const forget = onEvent('job.updated', (event) => {
    if (event.id === id) look();
  });
  const timer = setInterval(look, 3000);
  const stop = () => {
    clearInterval(timer);
    forget();
  };
}
