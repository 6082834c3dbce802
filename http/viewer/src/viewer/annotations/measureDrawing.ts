import { cache, type Types } from '@cornerstonejs/core';
import { pixelAspect } from '../study/spacing';
import { calibrationOf, type Calibration } from './calibration';
import { contentOfDrawing, type Drawing } from './convert';
import { frames, headerOf } from './frames';
import { measure, type Raster } from './measure';
import type { AnnotationContent, Measurement } from './model';
import { planeThrough, toImage, toWorld } from './plane';
import { valueUnitOf, type ValueUnit } from './valueUnits';
import type { Flat, Vector } from '../study/vector';

export interface Measured {
  content: AnnotationContent;
  /** How lengths are known; `patient` for places in the patient. */
  source: Calibration['source'];
}

const units = new WeakMap<object, ValueUnit>();

function unitOf(imageId: string): ValueUnit {
  const header = headerOf(imageId);
  if (header === undefined) return { factor: 1, unit: '1' };
  const unit = units.get(header) ?? valueUnitOf(header);
  units.set(header, unit);
  return unit;
}

function samplerOf(image: Types.IImage | undefined, factor: number): Raster['valueAt'] {
  if (image === undefined || image.color) return;
  const { columns, rows, preScale, slope, intercept } = image;
  const pixels = image.voxelManager?.getScalarData() ?? image.getPixelData();
  const isScaled = preScale?.scaled === true;
  const isSuv = isScaled && preScale.scalingParameters?.suvbw !== undefined;
  const [by, plus] = isScaled ? [isSuv ? 1 : factor, 0] : [slope * factor, intercept * factor];
  return (column, row) => {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const stored = pixels[row * columns + column];
    return stored === undefined ? undefined : stored * by + plus;
  };
}

function imageRaster(imageId: string, frame: number, points: readonly Flat[]): Raster & Pick<Calibration, 'source'> {
  const { factor, unit } = unitOf(imageId);
  const header = headerOf(imageId) ?? {};
  const { columnSpacing, rowSpacing, unit: lengthUnit, source } = calibrationOf(header, frame, points);
  return {
    columnSpacing,
    rowSpacing: source === 'none' ? rowSpacing * pixelAspect(header) : rowSpacing,
    unit: lengthUnit,
    source,
    valueUnit: unit,
    valueAt: samplerOf(cache.getImage(imageId), factor),
  };
}

function volumeSampler(imageId: string, factor: number): ((place: Vector) => number | undefined) | undefined {
  const volume = cache.getVolumeContainingImageId(imageId)?.volume;
  const { imageData, voxelManager, dimensions } = volume ?? {};
  if (imageData === undefined || voxelManager === undefined || dimensions === undefined) return;
  return ([x, y, z]) => {
    const [i, j, k] = imageData.worldToIndex([x, y, z]).map(Math.round);
    if (i === undefined || j === undefined || k === undefined) return;
    if ([i, j, k].some((index, axis) => index < 0 || index >= (dimensions[axis] ?? 0))) return;
    const value: unknown = voxelManager.getAtIJK(i, j, k);
    return typeof value === 'number' ? value * factor : undefined;
  };
}

/** Lays square pixels of half a millimetre into the plane of a drawing that lies anywhere in the patient. */
function measureInPatient(content: AnnotationContent, drawing: Drawing, imageId: string): Measurement[] {
  const places = content.points.filter((point) => point.length === 3);
  const { viewPlaneNormal = [0, 0, -1], viewUp = [0, -1, 0] } = drawing.metadata ?? {};
  const [origin] = places;
  if (origin === undefined) return [];
  const plane = planeThrough(origin, viewPlaneNormal, viewUp, 0.5);
  const { factor, unit } = unitOf(imageId);
  const valueIn = volumeSampler(imageId, factor);
  return measure(
    content.kind,
    places.map((place) => toImage(plane, place)),
    {
      columnSpacing: 0.5,
      rowSpacing: 0.5,
      unit: 'mm',
      valueUnit: unit,
      valueAt: valueIn && ((column, row) => valueIn(toWorld(plane, [column + 0.5, row + 0.5]))),
    },
  );
}

/** Returns what a drawing says, with what it measures; `undefined` while it is unfinished. */
export function measureDrawing(drawing: Drawing): Measured | undefined {
  const content = contentOfDrawing(drawing, frames);
  const imageId = drawing.metadata?.referencedImageId;
  if (content === undefined || imageId === undefined) return;
  if (content.space === 'patient')
    return { content: { ...content, measurements: measureInPatient(content, drawing, imageId) }, source: 'patient' };
  const points = content.points.map(([column, row]): Flat => [column, row]);
  const raster = imageRaster(imageId, content.frame, points);
  return { content: { ...content, measurements: measure(content.kind, points, raster) }, source: raster.source };
}
