import { wadors } from '@cornerstonejs/dicom-image-loader';
import { imageIdOf } from '../study/imageIds';
import { onInstance } from '../study/instances';
import type { Instance } from '../study/model';

/** Cornerstone's name for a data set in the DICOM JSON model. */
type Header = Parameters<typeof wadors.metaDataManager.add>[1] & Instance['data'];

/** Gives Cornerstone the header of each instance as soon as it was read. */
export function shareMetadata(): void {
  onInstance((instance) => wadors.metaDataManager.add(imageIdOf(instance), instance.data as Header));
}
