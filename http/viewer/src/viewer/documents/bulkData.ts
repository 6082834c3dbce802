import { fetchGuarded } from '@/api/client';
import type { Attribute } from '../study/dicomJson';
import type { Instance } from '../study/model';

/** The attribute that holds an encapsulated document. */
export const documentTag = '00420011';

/** Where an attribute's value is, on this server. */
export function bulkPath({ BulkDataURI }: Attribute): string | undefined {
  if (BulkDataURI === undefined) return;
  const { pathname, search } = new URL(BulkDataURI, location.href);
  return pathname + search;
}

/** Reads the document in an instance. Throws `Problem`, or an `Error` where there is none. */
export async function fetchDocument({ data }: Instance, signal?: AbortSignal): Promise<ArrayBuffer> {
  const attribute = data[documentTag];
  const path = attribute && bulkPath(attribute);
  if (path !== undefined) {
    const headers = { Accept: 'application/octet-stream' };
    return (await fetchGuarded(path, { headers, ...(signal && { signal }) })).arrayBuffer();
  }
  if (attribute?.InlineBinary === undefined) throw new Error('The object has no document in it.');
  return Uint8Array.from(atob(attribute.InlineBinary), (letter) => letter.charCodeAt(0)).buffer;
}
