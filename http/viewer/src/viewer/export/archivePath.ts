/** Returns where the server gives a study or series as a ZIP with a DICOMDIR, de-identified by the basic profile or not. */
export function archivePath(of: 'studies' | 'series', uid: string, isDeidentified: boolean): string {
  return `/api/${of}/${encodeURIComponent(uid)}/archive/${isDeidentified ? '?deidentify=basic' : ''}`;
}
