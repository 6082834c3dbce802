import { fetchGuarded } from '@/api/client';
import type { DataSet } from './dicomJson';

/** Asks DICOMweb for data sets (a search, or metadata); none where nothing matches. Throws `Problem`. */
export async function fetchDataSets(path: string, signal?: AbortSignal): Promise<readonly DataSet[]> {
  const headers = { Accept: 'application/dicom+json' };
  const response = await fetchGuarded(path, { headers, ...(signal && { signal }) });
  return response.status === 204 ? [] : ((await response.json()) as readonly DataSet[]);
}
