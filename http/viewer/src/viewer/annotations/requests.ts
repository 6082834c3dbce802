import { fetchGuarded } from '@/api/client';
import { contentOf, type AnnotationContent, type StoredAnnotation } from './model';

const json = { 'Content-Type': 'application/json' };

async function answer<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

const pathOf = (id: string) => `/api/annotations/${encodeURIComponent(id)}/`;
const studyPath = (studyUid: string) => `/api/studies/${encodeURIComponent(studyUid)}/`;

/** Reads the annotations of a study as they are now. Throws `Problem`. */
export async function listAnnotations(studyUid: string): Promise<readonly StoredAnnotation[]> {
  const list = answer<{ results: StoredAnnotation[] }>(fetchGuarded(`${studyPath(studyUid)}annotations/`));
  return (await list).results;
}

/** Reads all versions of an annotation, oldest first. Throws `Problem`. */
export async function listVersions(id: string): Promise<readonly StoredAnnotation[]> {
  const list = await answer<StoredAnnotation[] | { results: StoredAnnotation[] }>(
    fetchGuarded(`${pathOf(id)}versions/`),
  );
  return 'results' in list ? list.results : list;
}

/** Saves a new version on top of `base` (0: none). Throws `Problem`; 409 with `current` where there is a newer one. */
export async function putAnnotation(content: AnnotationContent, base: number): Promise<StoredAnnotation> {
  const body = JSON.stringify({ ...contentOf(content), version: base });
  return answer(fetchGuarded(pathOf(content.id), { method: 'PUT', headers: json, body }));
}

/** Deletes on top of `base`. Throws `Problem` as `putAnnotation` does. */
export async function deleteAnnotation(id: string, base: number): Promise<void> {
  await fetchGuarded(`${pathOf(id)}?version=${base}`, { method: 'DELETE' });
}

/** Has the caller's annotations of a study written as DICOM now; returns the job's number. Throws `Problem`. */
export async function storeAsDicom(studyUid: string): Promise<number> {
  const path = `${studyPath(studyUid)}annotations/store/`;
  return (await answer<{ job: number }>(fetchGuarded(path, { method: 'POST' }))).job;
}

/** Where all measurements of a study are as CSV. */
export function csvPath(studyUid: string): string {
  return `/api/studies/${encodeURIComponent(studyUid)}/annotations.csv`;
}
