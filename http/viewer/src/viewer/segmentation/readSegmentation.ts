import { items, number, numbers, text, texts, type DataSet } from '../study/dicomJson';
import type { Instance } from '../study/model';
import { placedFramesOf, type PlacedFrame } from '../volume/frames';
import { add, dot, scale, subtract, type Vector } from '../study/vector';
import { colourByNumber, colourOfLab } from './colour';
import type { LabelGrid, Mask, Overlaid, Segment } from './model';

/** Why a segmentation cannot be shown; the words are `refused.<code>`. */
export class Unshowable extends Error {
  override readonly name = 'Unshowable';

  constructor(readonly code: 'geometry' | 'planes' | 'frameOfReference' | 'pixels' | 'series' | 'empty') {
    super(code);
  }
}

const samePlace = 0.02;
/** Of SNOMED CT. */
const abnormalStructure = '49755003';

function segmentOfFrame(data: DataSet, frame: number): number {
  const groups = [items(data, '52009230')[frame], items(data, '52009229')[0]];
  const found = groups
    .map((group) => (group ? items(group, '0062000A')[0] : undefined))
    .find((one) => one !== undefined);
  return (found && number(found, '0062000B')) ?? 1;
}

function thicknessOf(data: DataSet): number {
  const measures = [items(data, '52009229')[0], items(data, '52009230')[0]].flatMap((group) =>
    group ? items(group, '00289110') : [],
  );
  return Math.max(0, ...measures.flatMap((one) => [number(one, '00180050') ?? 0, number(one, '00180088') ?? 0]));
}

interface Layout {
  frames: readonly PlacedFrame[];
  first: PlacedFrame;
  distances: number[];
  /** By frame. */
  planes: number[];
}

function layOut(instance: Instance): Layout {
  const frames = placedFramesOf(instance);
  const [first] = frames;
  if (first === undefined || frames.length < instance.frames) throw new Unshowable('geometry');
  const parallel = frames.every(
    ({ row, column }) => dot(row, first.row) > 0.9999 && dot(column, first.column) > 0.9999,
  );
  const offsets = frames.map(({ position }) => subtract(position, first.position));
  const aside = offsets.map((offset) => Math.hypot(dot(offset, first.row), dot(offset, first.column)));
  if (!parallel || Math.max(...aside) > Math.min(...first.spacing)) throw new Unshowable('planes');
  const along = offsets.map((offset) => dot(offset, first.normal));
  const distances = along
    .toSorted((a, b) => a - b)
    .filter((value, index, all) => index === 0 || value - (all[index - 1] ?? 0) > samePlace);
  const planes = along.map((value) => distances.findIndex((one) => Math.abs(one - value) <= samePlace));
  return { frames, first, distances, planes };
}

/** How pixels are told to belong to a segment. */
function maskReader(data: DataSet, pixels: Uint8Array) {
  const size = (number(data, '00280010') ?? 0) * (number(data, '00280011') ?? 0);
  const frames = number(data, '00280008') ?? 1;
  const type = text(data, '00620001');
  const bits = number(data, '00280100') ?? 1;
  if (pixels.length * 8 < size * frames * bits) throw new Unshowable('pixels');
  const words = bits === 16 ? new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength) : undefined;
  const half = (number(data, '0062000E') ?? 255) / 2;
  return (frame: number, segment: number): Mask => {
    const start = frame * size;
    if (bits === 1) return (pixel) => (((pixels[(start + pixel) >> 3] ?? 0) >> ((start + pixel) & 7)) & 1) === 1;
    if (words !== undefined) return (pixel) => words.getUint16((start + pixel) * 2, true) === segment;
    if (type === 'LABELMAP') return (pixel) => pixels[start + pixel] === segment;
    return (pixel) => (pixels[start + pixel] ?? 0) >= half;
  };
}

function centreOf(grid: LabelGrid, segment: number): Vector | undefined {
  const filled = grid.distances.flatMap((_, plane) => {
    const mask = grid.maskOf(segment, plane);
    return mask ? [{ plane, mask }] : [];
  });
  const middle = filled.length >> 1;
  for (const { plane, mask } of [...filled.slice(middle), ...filled.slice(0, middle).reverse()]) {
    let [count, x, y] = [0, 0, 0];
    for (let pixel = 0; pixel < grid.columns * grid.rows; pixel++) {
      if (!mask(pixel)) continue;
      count++;
      x += pixel % grid.columns;
      y += Math.floor(pixel / grid.columns);
    }
    if (count === 0) continue;
    const inPlane = add(
      scale(grid.row, (x / count) * grid.spacing[0]),
      scale(grid.column, (y / count) * grid.spacing[1]),
    );
    return add(add(grid.origin, inPlane), scale(grid.normal, grid.distances[plane] ?? 0));
  }
  return undefined;
}

function readSegment(item: DataSet, grid: LabelGrid): Segment {
  const segment = number(item, '00620004') ?? 1;
  const lab = numbers(item, '0062000D');
  return {
    number: segment,
    label: text(item, '00620005') || text(item, '00620006'),
    colour: lab.length === 3 ? colourOfLab(lab) : colourByNumber(segment),
    centre: centreOf(grid, segment),
    isAbnormal: items(item, '00620003').some((code) => text(code, '00080100') === abnormalStructure),
  };
}

function gridOf(instance: Instance, pixels: Uint8Array): LabelGrid {
  const { frames, first, distances, planes } = layOut(instance);
  const { data } = instance;
  const read = maskReader(data, pixels);
  const isLabelMap = text(data, '00620001') === 'LABELMAP';
  const bySegment = new Map<string, number>();
  frames.forEach((_, frame) => {
    const segment = isLabelMap ? '' : segmentOfFrame(data, frame);
    bySegment.set(`${segment}/${planes[frame] ?? -1}`, frame);
  });
  const steps = distances.slice(1).map((value, index) => value - (distances[index] ?? 0));
  return {
    columns: first.columns,
    rows: first.rows,
    origin: first.position,
    row: first.row,
    column: first.column,
    normal: first.normal,
    spacing: first.spacing,
    distances,
    thickness: Math.max(thicknessOf(data), steps.length > 0 ? Math.min(...steps) : 0) || 1,
    maskOf: (segment, plane) => {
      const frame = bySegment.get(`${isLabelMap ? '' : segment}/${plane}`);
      return frame === undefined ? undefined : read(frame, segment);
    },
  };
}

/** Reads a segmentation: binary, fractional or a label map. `pixels`: its Pixel Data, native. Throws `Unshowable`. */
export function readSegmentation(instance: Instance, name: string, pixels: Uint8Array): Overlaid {
  const { data } = instance;
  const frameOfReference = text(data, '00200052');
  if (frameOfReference === '') throw new Unshowable('frameOfReference');
  const grid = gridOf(instance, pixels);
  const segments = items(data, '00620002').map((item) => readSegment(item, grid));
  if (segments.length === 0) throw new Unshowable('empty');
  return {
    id: instance.seriesUid,
    name,
    frameOfReference,
    referencedSeries: items(data, '00081115').flatMap((item) => texts(item, '0020000E')),
    segments,
    shape: { kind: 'labels', grid },
  };
}
