import { items, number, numbers, text, type DataSet } from '../study/dicomJson';
import type { Instance, Series } from '../study/model';
import { cross, unit, vectorAt, type Vector } from '../study/vector';

/** A frame and where it lies in the patient. */
export interface PlacedFrame {
  instance: Instance;
  /** From 1. */
  frame: number;
  /** The centre of the first pixel (mm, LPS). */
  position: Vector;
  /** Unit vectors along a row, along a column, and their cross product. */
  row: Vector;
  column: Vector;
  normal: Vector;
  /** mm between the centres of columns and of rows. */
  spacing: readonly [number, number];
  columns: number;
  rows: number;
  frameOfReference: string;
  /** Tells frames at one place apart: time, echo, b-value; sorts them. */
  phase: readonly number[];
}

const functionalGroup = (frame: DataSet | undefined, shared: DataSet | undefined, tag: string): DataSet | undefined =>
  (frame && items(frame, tag)[0]) ?? (shared && items(shared, tag)[0]);

const phaseTags = ['00200100', '00180081', '00180086', '00181060', '00200012', '00080032', '00200013'];

function phaseOf(instance: Instance, frame: DataSet | undefined, index: number): number[] {
  const content = frame && items(frame, '00209111')[0];
  const diffusion = frame && items(frame, '00189117')[0];
  const own = [
    content && number(content, '00209128'),
    diffusion && number(diffusion, '00189087'),
    ...phaseTags.map((tag) => number(instance.data, tag)),
    index,
  ];
  return own.map((value) => value ?? 0);
}

function placedFrame(instance: Instance, index: number): PlacedFrame | undefined {
  const { data } = instance;
  const shared = items(data, '52009229')[0];
  const own = items(data, '52009230')[index];
  const plane = functionalGroup(own, shared, '00209113') ?? data;
  const orientation = numbers(functionalGroup(own, shared, '00209116') ?? data, '00200037');
  const measures = numbers(functionalGroup(own, shared, '00289110') ?? data, '00280030');
  const position = vectorAt(numbers(plane, '00200032'));
  const alongRow = vectorAt(orientation);
  const alongColumn = vectorAt(orientation, 3);
  const [betweenRows, betweenColumns] = measures;
  const columns = number(data, '00280011');
  const rows = number(data, '00280010');
  if (!position || !alongRow || !alongColumn || !betweenRows || !betweenColumns || !columns || !rows) return undefined;
  // Several frames in one plane attribute (secondary captures, ultrasound loops) have no place of their own.
  if (instance.frames > 1 && own === undefined) return undefined;
  const row = unit(alongRow);
  const column = unit(alongColumn);
  return {
    instance,
    frame: index + 1,
    position,
    row,
    column,
    normal: unit(cross(row, column)),
    spacing: [betweenColumns, betweenRows],
    columns,
    rows,
    frameOfReference: text(data, '00200052'),
    phase: phaseOf(instance, own, index),
  };
}

/** Returns the frames of an instance that have a place in the patient, in its order. */
export function placedFramesOf(instance: Instance): PlacedFrame[] {
  return Array.from({ length: instance.frames }, (_, index) => placedFrame(instance, index)).filter(
    (one) => one !== undefined,
  );
}

/** Returns those of a series, in the order of its instances. */
export function placedFrames(series: Series): PlacedFrame[] {
  return series.instances.flatMap(placedFramesOf);
}
