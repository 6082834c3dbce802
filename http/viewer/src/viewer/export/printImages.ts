import { liveEntries, useAnnotations } from '../annotations/store';
import { viewer } from '../state';
import { instanceByUid } from '../study/instances';
import { encode, headerOfPane, identityLines, pictureOf } from './picture';

/** An image on paper, under what its own header says. */
export interface PrintImage {
  address: string;
  lines: readonly string[];
}

/** Returns what the panes show, in their order. Throws an `Error` where none shows an image. */
export async function printPanes(hasAnnotations: boolean): Promise<readonly PrintImage[]> {
  const shown = viewer.get().panes.filter(({ id }) => headerOfPane(id) !== undefined);
  if (shown.length === 0) throw new Error('No pane shows an image.');
  return Promise.all(
    shown.map(async ({ id }) => {
      const picture = await pictureOf(id, { hasAnnotations, hasIdentity: false });
      return {
        address: URL.createObjectURL(await encode(picture, 'image/png')),
        lines: identityLines(headerOfPane(id) ?? {}),
      };
    }),
  );
}

/** Returns the key images as the server renders them. */
export function printKeyImages(): readonly PrintImage[] {
  return liveEntries(useAnnotations.getState())
    .map(({ content }) => content)
    .filter(({ kind }) => kind === 'key_image')
    .map(({ study_instance_uid: study, series_instance_uid: series, sop_instance_uid: instance, frame }) => ({
      address: `/dicom-web/studies/${study}/series/${series}/instances/${instance}/frames/${frame}/rendered`,
      lines: identityLines(instanceByUid(instance)?.data ?? {}),
    }));
}
