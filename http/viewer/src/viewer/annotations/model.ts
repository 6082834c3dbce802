import { createUuid } from './uuid';

export const annotationKinds = [
  'length',
  'bidirectional',
  'angle',
  'cobb_angle',
  'ellipse',
  'rectangle',
  'freehand',
  'probe',
  'arrow',
  'text',
  'cardiothoracic_ratio',
  'key_image',
] as const;

export type AnnotationKind = (typeof annotationKinds)[number];

/** A place in an image (column, row; the corner of the top left pixel is 0,0) or in the patient (mm, LPS). */
export type Point = readonly [number, number] | readonly [number, number, number];

export type MeasurementName =
  | 'length'
  | 'long_axis'
  | 'short_axis'
  | 'angle'
  | 'area'
  | 'perimeter'
  | 'mean'
  | 'sd'
  | 'min'
  | 'max'
  | 'value'
  | 'ratio';

/** A number that was measured, with its UCUM unit. */
export interface Measurement {
  name: MeasurementName;
  value: number;
  unit: string;
}

export interface Author {
  id: number;
  username: string;
  full_name: string;
}

/** What a client says about an annotation. */
export interface AnnotationContent {
  /** A UUID that the client makes. */
  id: string;
  study_instance_uid: string;
  series_instance_uid: string;
  sop_instance_uid: string;
  /** From 1. */
  frame: number;
  frame_of_reference_uid: string;
  kind: AnnotationKind;
  label: string;
  space: 'image' | 'patient';
  points: readonly Point[];
  measurements: readonly Measurement[];
  /** What the drawing needs beside the points. */
  view: Readonly<Record<string, unknown>>;
}

/** An annotation as the server keeps it. */
export interface StoredAnnotation extends AnnotationContent {
  version: number;
  author: Author;
  created_at: string;
  updated_at: string;
  deleted: boolean;
  dicom: { sop_instance_uid: string } | null;
}

/** Returns the part of an annotation that a client may say. */
export function contentOf(annotation: AnnotationContent): AnnotationContent {
  const { id, study_instance_uid, series_instance_uid, sop_instance_uid, frame } = annotation;
  const { frame_of_reference_uid, kind, label, space, points, measurements, view } = annotation;
  const place = { study_instance_uid, series_instance_uid, sop_instance_uid, frame, frame_of_reference_uid };
  return { id, ...place, kind, label, space, points, measurements, view };
}

/** Returns the same content as an annotation of its own. */
export function copyAsNew(annotation: AnnotationContent): AnnotationContent {
  return { ...contentOf(annotation), id: createUuid() };
}

/** Whether two say the same. */
export function isSameContent(a: AnnotationContent, b: AnnotationContent): boolean {
  return JSON.stringify(sorted(contentOf(a))) === JSON.stringify(sorted(contentOf(b)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
