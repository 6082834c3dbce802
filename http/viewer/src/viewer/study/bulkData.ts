import { fetchGuarded } from '@/api/client';
import type { Attribute } from './dicomJson';

/** Where an attribute's value is, on this server. */
export function bulkPath({ BulkDataURI }: Attribute): string | undefined {
  if (BulkDataURI === undefined) return;
  const { pathname, search } = new URL(BulkDataURI, location.href);
  return pathname + search;
}

/** Reads a value that the metadata holds as bytes or leaves out; `undefined` where there is neither. Throws `Problem`. */
export async function fetchBulk(attribute: Attribute, signal?: AbortSignal): Promise<ArrayBuffer | undefined> {
  const path = bulkPath(attribute);
  if (path !== undefined) {
    const headers = { Accept: 'application/octet-stream' };
    return (await fetchGuarded(path, { headers, ...(signal && { signal }) })).arrayBuffer();
  }
  if (attribute.InlineBinary === undefined) return undefined;
  return Uint8Array.from(atob(attribute.InlineBinary), (letter) => letter.charCodeAt(0)).buffer;
}
