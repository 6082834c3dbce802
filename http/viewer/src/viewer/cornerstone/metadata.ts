import { wadors } from '@cornerstonejs/dicom-image-loader';
import { useViewer } from '../state';
import type { Instance, Study } from '../study/model';
import { imageIdOf } from '../study/imageIds';

/** Cornerstone's name for a data set in the DICOM JSON model. */
type Header = Parameters<typeof wadors.metaDataManager.add>[1] & Instance['data'];

const given = new WeakSet<readonly Instance[]>();
const byUid = new Map<string, Instance>();

function give(studies: readonly Study[]): void {
  for (const { instances } of studies.flatMap(({ series }) => series)) {
    if (given.has(instances)) continue;
    given.add(instances);
    for (const instance of instances) {
      byUid.set(instance.uid, instance);
      wadors.metaDataManager.add(imageIdOf(instance), instance.data as Header);
    }
  }
}

/** Gives Cornerstone the header of each instance as soon as it is in the state. */
export function shareMetadata(): void {
  give(useViewer.getState().studies);
  useViewer.subscribe(({ studies }) => give(studies));
}

/** The instance with this UID among those that were read. */
export function instanceByUid(uid: string): Instance | undefined {
  return byUid.get(uid);
}
