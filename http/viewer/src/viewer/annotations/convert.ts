import type { Types } from '@cornerstonejs/tools';
import type { AnnotationContent, AnnotationKind, Point } from './model';
import { toImage, toWorld, type ImagePlane } from './plane';
import { kindOfTool, toolOfKind } from './toolNames';
import { cross, dot, normalised, subtract, type Flat, type Vector } from '../study/vector';

/** A frame as both sides know it. */
export interface FrameReference {
  imageId: string;
  studyUid: string;
  seriesUid: string;
  instanceUid: string;
  /** From 1. */
  frame: number;
  frameOfReference: string | undefined;
  plane: ImagePlane;
  /** Whether the plane is the patient's; otherwise it is made up so that the image can be shown. */
  isInPatient: boolean;
}

/** How drawings find frames. */
export interface FrameLookup {
  byImageId: (imageId: string) => FrameReference | undefined;
  byInstance: (studyUid: string, seriesUid: string, instanceUid: string, frame: number) => FrameReference | undefined;
}

export type Drawing = Types.Annotation;

/** How far (mm) from an image's plane points may lie to be places in the image. */
const tolerance = 0.05;

/** Returns what a drawing of Cornerstone says; `undefined` while it is unfinished or on an unknown image. */
export function contentOfDrawing(drawing: Drawing, frames: FrameLookup): AnnotationContent | undefined {
  const { annotationUID: id, metadata, data } = drawing;
  const kind = metadata && kindOfTool(metadata.toolName);
  const frame = metadata?.referencedImageId === undefined ? undefined : frames.byImageId(metadata.referencedImageId);
  if (id === undefined || kind === undefined || frame === undefined) return;
  const drawn = worldPoints(drawing);
  if (drawn.length < fewest[kind]) return;
  const isInImage =
    !frame.isInPatient || drawn.every((point) => Math.abs(distanceFrom(frame.plane, point)) < tolerance);
  const ordered = inContractOrder(kind, drawn);
  const points = isInImage ? ordered.map((point) => rounded(toImage(frame.plane, point))) : ordered.map(rounded);
  const textBox = data.handles?.textBox;
  const view = {
    ...(textBox?.hasMoved === true && textBox.worldPosition && { textBox: rounded(textBox.worldPosition) }),
    ...(!isInImage && metadata?.viewPlaneNormal && { normal: rounded(metadata.viewPlaneNormal) }),
    ...(!isInImage && metadata?.viewUp && { up: rounded(metadata.viewUp) }),
  };
  return {
    id,
    study_instance_uid: frame.studyUid,
    series_instance_uid: frame.seriesUid,
    sop_instance_uid: frame.instanceUid,
    frame: frame.frame,
    frame_of_reference_uid: frame.isInPatient ? (frame.frameOfReference ?? '') : '',
    kind,
    label: data.label ?? '',
    space: isInImage ? 'image' : 'patient',
    points,
    measurements: [],
    view,
  };
}

/** Returns the drawing of an annotation; `undefined` for key images and where its image is not there. */
export function drawingOf(content: AnnotationContent, frames: FrameLookup): Drawing | undefined {
  const toolName = toolOfKind(content.kind);
  const { study_instance_uid, series_instance_uid, sop_instance_uid } = content;
  const frame = frames.byInstance(study_instance_uid, series_instance_uid, sop_instance_uid, content.frame);
  if (toolName === undefined || frame === undefined || content.points.length < fewest[content.kind]) return;
  const world = content.points.map((point) => worldOf(point, content.space, frame.plane));
  const points = inCornerstoneOrder(content.kind, world, frame.plane);
  const normal = vectorIn(content.view['normal']);
  const up = vectorIn(content.view['up']);
  const moved = vectorIn(content.view['textBox']);
  const isContour = content.kind === 'freehand';
  return {
    annotationUID: content.id,
    highlighted: false,
    invalidated: true,
    isLocked: false,
    isVisible: true,
    metadata: {
      toolName,
      referencedImageId: frame.imageId,
      ...(frame.frameOfReference !== undefined && { FrameOfReferenceUID: frame.frameOfReference }),
      viewPlaneNormal: asPoint3(normal ?? normalised(cross(frame.plane.columnDirection, frame.plane.rowDirection))),
      viewUp: asPoint3(
        up ?? [-frame.plane.columnDirection[0], -frame.plane.columnDirection[1], -frame.plane.columnDirection[2]],
      ),
      ...(content.space === 'patient' && points[0] && { cameraFocalPoint: asPoint3(points[0]) }),
    },
    data: {
      label: content.label,
      cachedStats: {},
      handles: {
        points: isContour ? [] : points.map(asPoint3),
        activeHandleIndex: null,
        ...(content.kind === 'arrow' && { arrowFirst: true }),
        textBox: {
          hasMoved: moved !== undefined,
          worldPosition: asPoint3(moved ?? [0, 0, 0]),
          worldBoundingBox: noBox(),
        },
      },
      ...(isContour && { contour: { polyline: points.map(asPoint3), closed: true } }),
    },
  };
}

/** Returns a drawing's places in the world, in Cornerstone's order. */
export function worldPoints({ data }: Drawing): readonly Vector[] {
  return data.contour?.polyline ?? data.handles?.points ?? [];
}

const fewest: Readonly<Record<AnnotationKind, number>> = {
  length: 2,
  bidirectional: 4,
  angle: 3,
  cobb_angle: 4,
  ellipse: 4,
  rectangle: 4,
  freehand: 3,
  probe: 1,
  arrow: 2,
  text: 1,
  cardiothoracic_ratio: 6,
  key_image: 0,
};

/** Cornerstone's order (ellipse: bottom, top, left, right; rectangle: line by line) made the contract's. */
export function inContractOrder(kind: AnnotationKind, points: readonly Vector[]): readonly Vector[] {
  const [a, b, c, d] = points;
  if (kind === 'text' && a) return [a];
  if (!a || !b || !c || !d) return points;
  if (kind === 'rectangle') return [a, b, d, c];
  const isLongSecond = Math.hypot(...subtract(c, d)) > Math.hypot(...subtract(a, b));
  if (kind === 'ellipse') return isLongSecond ? [c, d, b, a] : [b, a, c, d];
  return kind === 'bidirectional' && isLongSecond ? [c, d, a, b] : points;
}

function inCornerstoneOrder(kind: AnnotationKind, points: readonly Vector[], plane: ImagePlane): readonly Vector[] {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return points;
  if (kind === 'rectangle') return [a, b, d, c];
  if (kind !== 'ellipse') return points;
  const isFirstUpright = slope(a, b, plane.columnDirection) > slope(a, b, plane.rowDirection);
  const [upright, lying] = isFirstUpright ? [[a, b] as const, [c, d] as const] : [[c, d] as const, [a, b] as const];
  const [top, bottom] = ordered(upright, plane.columnDirection);
  const [left, right] = ordered(lying, plane.rowDirection);
  return [bottom, top, left, right];
}

function slope(a: Vector, b: Vector, direction: Vector): number {
  return Math.abs(dot(subtract(b, a), direction));
}

function ordered([a, b]: readonly [Vector, Vector], direction: Vector): readonly [Vector, Vector] {
  return dot(subtract(b, a), direction) < 0 ? [b, a] : [a, b];
}

function distanceFrom({ origin, rowDirection, columnDirection }: ImagePlane, point: Vector): number {
  return dot(subtract(point, origin), normalised(cross(rowDirection, columnDirection)));
}

function worldOf(point: Point, space: AnnotationContent['space'], plane: ImagePlane): Vector {
  if (space === 'patient' && point.length === 3) return point;
  return toWorld(plane, [point[0], point[1]]);
}

function vectorIn(value: unknown): Vector | undefined {
  if (!Array.isArray(value) || value.length !== 3) return;
  const [x, y, z] = value.map(Number);
  return x !== undefined && y !== undefined && z !== undefined && [x, y, z].every(Number.isFinite)
    ? [x, y, z]
    : undefined;
}

/** A ten-thousandth of a pixel or millimetre is more than any drawing knows. */
function rounded<T extends Flat | Vector>(point: T): T {
  return Array.from(point, (one) => Math.round(one * 1e4) / 1e4) as unknown as T;
}

function asPoint3([x, y, z]: Vector): [number, number, number] {
  return [x, y, z];
}

function noBox() {
  const corner = () => asPoint3([0, 0, 0]);
  return { topLeft: corner(), topRight: corner(), bottomLeft: corner(), bottomRight: corner() };
}
