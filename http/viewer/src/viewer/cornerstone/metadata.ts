import { Enums, metaData } from '@cornerstonejs/core';
import { wadors } from '@cornerstonejs/dicom-image-loader';
import { number, text, type DataSet } from '../study/dicomJson';
import { frameData } from '../study/frameData';
import { planeOf } from '../study/geometry';
import { addressOf, imageIdOf } from '../study/imageIds';
import { instanceByUid, onInstance } from '../study/instances';
import type { Instance } from '../study/model';
import { pixelAspect, spacingOf } from '../study/spacing';
import { windowsOf } from '../windows/windows';

/** Cornerstone's name for a data set in the DICOM JSON model. */
type Header = Parameters<typeof wadors.metaDataManager.add>[1] & Instance['data'];

const { IMAGE_PLANE, VOI_LUT } = Enums.MetadataModules;

/** Where an image lies; one that isn't placed in the patient lies at the origin, its pixels in their own shape. */
function imagePlane(data: DataSet): object {
  const plane = planeOf(data);
  const spacing = spacingOf(data);
  const [row, column] = spacing ? [spacing.row, spacing.column] : [pixelAspect(data), 1];
  const rowCosines = plane?.row ?? [1, 0, 0];
  const columnCosines = plane?.column ?? [0, 1, 0];
  return {
    frameOfReferenceUID: text(data, '00200052') || undefined,
    rows: number(data, '00280010'),
    columns: number(data, '00280011'),
    imageOrientationPatient: [...rowCosines, ...columnCosines],
    rowCosines,
    columnCosines,
    imagePositionPatient: plane?.position ?? [0, 0, 0],
    sliceThickness: number(data, '00180050'),
    sliceLocation: number(data, '00201041'),
    pixelSpacing: spacing && [row, column],
    rowPixelSpacing: row,
    columnPixelSpacing: column,
    usingDefaultValues: plane === undefined || spacing === undefined,
  };
}

function voiLut(data: DataSet): object {
  const windows = windowsOf(data);
  if (windows.length === 0) return {};
  return {
    windowCenter: windows.map(({ center }) => center),
    windowWidth: windows.map(({ width }) => width),
    voiLUTFunction: text(data, '00281056') || undefined,
  };
}

const readers: Readonly<Record<string, (data: DataSet) => unknown>> = {
  [IMAGE_PLANE]: imagePlane,
  [VOI_LUT]: voiLut,
};

function provide(type: string, imageId: unknown): unknown {
  const read = readers[type];
  if (read === undefined || typeof imageId !== 'string') return undefined;
  const address = addressOf(imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  return address && header && read(frameData(header, address.frame));
}

/** Gives Cornerstone the header of each instance as soon as it was read. */
export function shareMetadata(): void {
  onInstance((instance) => wadors.metaDataManager.add(imageIdOf(instance), instance.data as Header));
  metaData.addProvider(provide, 100);
}
