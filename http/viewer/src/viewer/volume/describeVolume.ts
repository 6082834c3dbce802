import { number, text } from '../study/dicomJson';
import type { Series } from '../study/model';
import { placedFrames, type PlacedFrame } from './frames';
import { add, dot, length, scale, subtract, type Vector } from '../study/vector';

/** Why a series cannot be a volume; the words are `volume.reasons.<code>`. */
export type Refusal = 'colour' | 'noGeometry' | 'tooFew' | 'noFrameOfReference' | 'gap' | 'scattered';

/** A volume that is made of other planes than those that were acquired, and why. */
export interface Resampling {
  /** Angle between the stacking direction and the planes' normal (degrees); 0 where there is none. */
  tilt: number;
  /** The least and the greatest distance between neighbouring planes (mm). */
  distances: readonly [number, number];
  uneven: boolean;
}

export interface VolumeDescription {
  /** By phase, each in the order of the normal: all at the same places. */
  phases: readonly (readonly PlacedFrame[])[];
  /** Distance of each plane from the first along the normal (mm). */
  distances: readonly number[];
  /** Where each plane's first pixel lies beside the first one's, along rows and columns (mm). */
  shifts: readonly (readonly [number, number])[];
  /** Columns, rows, planes of the volume as it will be shown. */
  dimensions: readonly [number, number, number];
  spacing: Vector;
  /** The centre of the first voxel (mm, LPS). */
  origin: Vector;
  row: Vector;
  column: Vector;
  normal: Vector;
  frameOfReference: string;
  /** `null` where the planes can be taken as they are. */
  resampling: Resampling | null;
  /** Frames of the series that are not in it: of another orientation or size, or taken twice. */
  leftOut: number;
}

export type Description = { volume: VolumeDescription } | { refusal: Refusal; millimetres?: number };

/** Planes that are less than this apart (mm) are at the same place. */
const samePlace = 0.02;
/** What of a pixel the planes may lie beside a straight stack, and of a distance the distances may differ. */
const tolerance = 0.02;
/** No interpolation over more than this (mm). */
const widestGap = 20;

function groupKey({ row, column, spacing, columns, rows, frameOfReference }: PlacedFrame): string {
  const directions = [...row, ...column].map((value) => Math.round(value * 1000));
  return [...directions, ...spacing.map((value) => value.toFixed(4)), columns, rows, frameOfReference].join(' ');
}

function largestGroup(frames: readonly PlacedFrame[]): PlacedFrame[] {
  const groups = new Map<string, PlacedFrame[]>();
  for (const frame of frames) {
    const key = groupKey(frame);
    const group = groups.get(key) ?? [];
    group.push(frame);
    groups.set(key, group);
  }
  return [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best), []);
}

const byPhase = (a: PlacedFrame, b: PlacedFrame): number => {
  const differs = a.phase.findIndex((value, index) => value !== b.phase[index]);
  return differs < 0 ? 0 : (a.phase[differs] ?? 0) - (b.phase[differs] ?? 0);
};

/** The frames by place along the normal; those at one place in the order of their phases. */
function places(frames: readonly PlacedFrame[], normal: Vector): PlacedFrame[][] {
  const sorted = frames.toSorted((a, b) => dot(a.position, normal) - dot(b.position, normal));
  const found: PlacedFrame[][] = [];
  for (const frame of sorted) {
    const last = found.at(-1);
    const reference = last?.[0];
    if (last && reference && dot(subtract(frame.position, reference.position), normal) < samePlace) last.push(frame);
    else found.push([frame]);
  }
  return found.map((place) => place.toSorted(byPhase));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The planes' drift aside per mm of distance along the normal, and how far (mm) they are from it at most. */
function drift(distances: readonly number[], shifts: readonly (readonly [number, number])[]): [number, number, number] {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(distances);
  const spread = mean(distances.map((distance) => (distance - middle) ** 2));
  const fit = (axis: 0 | 1) => {
    const centre = mean(shifts.map((shift) => shift[axis]));
    const slope = mean(shifts.map((shift, i) => (shift[axis] - centre) * ((distances[i] ?? 0) - middle))) / spread;
    const rest = shifts.map((shift, i) => Math.abs(shift[axis] - centre - slope * ((distances[i] ?? 0) - middle)));
    return { slope, rest: Math.max(...rest) };
  };
  const [across, down] = [fit(0), fit(1)];
  return [across.slope, down.slope, Math.max(across.rest, down.rest)];
}

/** The grid that holds all planes of a stack that has to be resampled. */
function orthogonalGrid(
  first: PlacedFrame,
  distances: readonly number[],
  shifts: VolumeDescription['shifts'],
  step: number,
) {
  const low = ([0, 1] as const).map((axis) => Math.min(...shifts.map((shift) => shift[axis])));
  const high = ([0, 1] as const).map((axis) => Math.max(...shifts.map((shift) => shift[axis])));
  const [left = 0, top = 0] = low.map((value, axis) => Math.floor(value / (first.spacing[axis] ?? 1) + tolerance));
  const [right = 0, bottom = 0] = high.map((value, axis) => Math.ceil(value / (first.spacing[axis] ?? 1) - tolerance));
  const aside = add(scale(first.row, left * first.spacing[0]), scale(first.column, top * first.spacing[1]));
  const depth = Math.round((distances.at(-1) ?? 0) / step) + 1;
  return {
    origin: add(first.position, aside),
    dimensions: [first.columns + right - left, first.rows + bottom - top, depth] as const,
  };
}

function describeStack(series: Series, found: PlacedFrame[][], first: PlacedFrame): Description {
  const { row, column, normal } = first;
  const offsets = found.flatMap(([frame]) => (frame ? [subtract(frame.position, first.position)] : []));
  const distances = offsets.map((offset) => dot(offset, normal));
  const shifts = offsets.map((offset) => [dot(offset, row), dot(offset, column)] as const);
  const steps = distances.slice(1).map((distance, index) => distance - (distances[index] ?? 0));
  const [least, greatest, usual] = [Math.min(...steps), Math.max(...steps), median(steps)];
  if (greatest > widestGap) return { refusal: 'gap', millimetres: greatest };
  const [across, down, rest] = drift(distances, shifts);
  const pixel = Math.min(...first.spacing);
  if (rest > pixel) return { refusal: 'scattered', millimetres: rest };

  const even = (greatest - least) / usual <= tolerance;
  const depth = distances.at(-1) ?? 0;
  const straight = Math.hypot(across, down) * depth <= pixel * 0.5;
  // Uneven planes: fine enough for the closest of them, yet never finer than the pixels.
  const step = even ? depth / steps.length : Math.max(least, pixel);
  const grid =
    even && straight
      ? { origin: first.position, dimensions: [first.columns, first.rows, found.length] as const }
      : orthogonalGrid(first, distances, shifts, step);
  const count = Math.min(...found.map((place) => place.length));
  const phases = Array.from({ length: count }, (_, phase) =>
    found.flatMap((place) => (place[phase] ? [place[phase]] : [])),
  );
  const tilt = straight ? 0 : (Math.atan(Math.hypot(across, down)) * 180) / Math.PI;
  const total = series.instances.reduce((sum, { frames }) => sum + frames, 0);
  const volume: VolumeDescription = {
    phases,
    distances,
    shifts,
    ...grid,
    spacing: [...first.spacing, step],
    row,
    column,
    normal,
    frameOfReference: first.frameOfReference,
    resampling: even && straight ? null : { tilt, distances: [least, greatest], uneven: !even },
    leftOut: total - count * found.length,
  };
  return { volume };
}

/** Tells whether a series can be shown as a volume, and how: from its headers alone. */
export function describeVolume(series: Series): Description {
  const data = series.instances[0]?.data ?? {};
  if ((number(data, '00280002') ?? 1) !== 1 || text(data, '00280004') === 'PALETTE COLOR') return { refusal: 'colour' };
  const placed = placedFrames(series);
  if (placed.length === 0) return { refusal: 'noGeometry' };
  const group = largestGroup(placed);
  const normal = group[0]?.normal ?? [0, 0, 1];
  const found = places(group, normal);
  const first = found[0]?.[0];
  if (first === undefined || found.length < 3) return { refusal: 'tooFew' };
  if (first.frameOfReference === '') return { refusal: 'noFrameOfReference' };
  return describeStack(series, found, first);
}

/** The lengths (mm) of a volume's edges along its rows, columns and planes. */
export function extent({ dimensions, spacing }: VolumeDescription): Vector {
  return [dimensions[0] * spacing[0], dimensions[1] * spacing[1], dimensions[2] * spacing[2]];
}

/** Whether two volumes' axes are parallel within `limit` (a sine). */
export function parallel(a: Vector, b: Vector, limit = 0.01): boolean {
  return length(subtract(a, scale(b, Math.sign(dot(a, b)) || 1))) < limit;
}
