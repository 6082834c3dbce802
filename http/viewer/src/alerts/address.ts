/** The address of the viewer with a study. */
export function imagesOf(studyUid: string): string {
  return `/viewer/${studyUid}`;
}
