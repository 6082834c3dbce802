import type { Vector } from '../study/vector';

/** A part of what is laid over images: a segment of a segmentation, a region of a structure set. */
export interface Segment {
  number: number;
  label: string;
  /** RGB, 0 … 255. */
  colour: readonly [number, number, number];
  /** Somewhere in its middle (mm, LPS); `undefined` where it is empty. */
  centre: Vector | undefined;
  /** Whether it says of itself that it is a morphologically abnormal structure. */
  isAbnormal: boolean;
}

/** The planes of a segmentation. */
export interface LabelGrid {
  columns: number;
  rows: number;
  /** The centre of the first pixel of the plane at distance 0. */
  origin: Vector;
  row: Vector;
  column: Vector;
  normal: Vector;
  spacing: readonly [number, number];
  /** mm along the normal, ascending. */
  distances: readonly number[];
  /** How far (mm) a plane reaches along the normal at most, on both sides together. */
  thickness: number;
  /** Whether a segment has a pixel of a plane; `undefined` where it has nothing in the plane at all. */
  maskOf: (segment: number, plane: number) => Mask | undefined;
}

export type Mask = (pixel: number) => boolean;

export interface Contour {
  points: readonly Vector[];
  isClosed: boolean;
}

/** The contours of a region, drawn on parallel planes. */
export interface ContourSet {
  normal: Vector;
  /** mm between the planes. */
  thickness: number;
  contours: readonly Contour[];
}

/** A segmentation or structure set that can be laid over images of its frame of reference. */
export interface Overlaid {
  /** The UID of its series. */
  id: string;
  name: string;
  frameOfReference: string;
  /** The series that it was made from, as far as it tells. */
  referencedSeries: readonly string[];
  segments: readonly Segment[];
  shape: { kind: 'labels'; grid: LabelGrid } | { kind: 'contours'; sets: ReadonlyMap<number, ContourSet> };
}
