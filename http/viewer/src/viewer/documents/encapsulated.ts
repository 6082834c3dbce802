import { fetchBulk } from '../study/bulkData';
import type { Instance } from '../study/model';

/** The attribute that holds an encapsulated document. */
export const documentTag = '00420011';

/** Reads the document in an instance. Throws `Problem`, or an `Error` where there is none. */
export async function fetchDocument({ data }: Instance, signal?: AbortSignal): Promise<ArrayBuffer> {
  const attribute = data[documentTag];
  const found = attribute && (await fetchBulk(attribute, signal));
  if (found === undefined) throw new Error('The object has no document in it.');
  return found;
}
