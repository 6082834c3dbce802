import type { Instance, Series } from './model';

/** The name under which Cornerstone knows a frame (counted from 1). */
export function imageIdOf({ studyUid, seriesUid, uid }: Instance, frame = 1): string {
  return `wadors:/dicom-web/studies/${studyUid}/series/${seriesUid}/instances/${uid}/frames/${frame}`;
}

const known = new WeakMap<readonly Instance[], readonly string[]>();

/** The frames of a series in the order in which they are scrolled through. */
export function imageIdsOf({ instances }: Series): readonly string[] {
  let ids = known.get(instances);
  if (ids === undefined) {
    ids = instances
      .filter(({ data }) => data['00280010'] !== undefined)
      .flatMap((instance) => Array.from({ length: instance.frames }, (_, index) => imageIdOf(instance, index + 1)));
    known.set(instances, ids);
  }
  return ids;
}

const pattern = /\/studies\/([\d.]+)\/series\/([\d.]+)\/instances\/([\d.]+)\/frames\/(\d+)$/;

export interface ImageAddress {
  studyUid: string;
  seriesUid: string;
  instanceUid: string;
  /** Counted from 1. */
  frame: number;
}

/** Takes an image id apart; `undefined` where it is none of ours. */
export function addressOf(imageId: string): ImageAddress | undefined {
  const [, studyUid, seriesUid, instanceUid, frame] = pattern.exec(imageId) ?? [];
  if (studyUid === undefined || seriesUid === undefined || instanceUid === undefined) return undefined;
  return { studyUid, seriesUid, instanceUid, frame: Number(frame) };
}
