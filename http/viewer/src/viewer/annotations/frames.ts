import { metaData } from '@cornerstonejs/core';
import { instanceByUid } from '../study/instances';
import { addressOf } from '../study/imageIds';
import { imageIdOf } from '../study/imageIds';
import type { DataSet } from '../study/dicomJson';
import type { FrameLookup, FrameReference } from './convert';
import type { Vector } from '../study/vector';

/** The part of Cornerstone's image plane module that drawings need. */
interface PlaneModule {
  frameOfReferenceUID?: string;
  imagePositionPatient: Vector;
  rowCosines: Vector;
  columnCosines: Vector;
  rowPixelSpacing: number | null;
  columnPixelSpacing: number | null;
  usingDefaultValues?: boolean;
}

const known = new Map<string, FrameReference>();

function read(imageId: string): FrameReference | undefined {
  const address = addressOf(imageId);
  const module = metaData.get('imagePlaneModule', imageId) as PlaneModule | undefined;
  if (address === undefined || module === undefined) return;
  const { studyUid, seriesUid, instanceUid, frame } = address;
  return {
    imageId,
    studyUid,
    seriesUid,
    instanceUid,
    frame,
    frameOfReference: module.frameOfReferenceUID,
    isInPatient: module.usingDefaultValues !== true && module.frameOfReferenceUID !== undefined,
    plane: {
      origin: module.imagePositionPatient,
      rowDirection: module.rowCosines,
      columnDirection: module.columnCosines,
      columnSpacing: module.columnPixelSpacing ?? 1,
      rowSpacing: module.rowPixelSpacing ?? 1,
    },
  };
}

function byImageId(imageId: string): FrameReference | undefined {
  const found = known.get(imageId) ?? read(imageId);
  if (found !== undefined) known.set(imageId, found);
  return found;
}

/** The frames of the open studies, as Cornerstone shows them. */
export const frames: FrameLookup = {
  byImageId,
  byInstance: (studyUid, seriesUid, instanceUid, frame) => {
    const instance = instanceByUid(instanceUid);
    if (instance?.studyUid !== studyUid || instance.seriesUid !== seriesUid) return;
    return frame > instance.frames ? undefined : byImageId(imageIdOf(instance, frame));
  },
};

/** The header of the instance that a frame belongs to. */
export function headerOf(imageId: string): DataSet | undefined {
  const address = addressOf(imageId);
  return address && instanceByUid(address.instanceUid)?.data;
}
