import { items, number, numbers, type DataSet } from './dicomJson';

/** Millimetres from pixel to pixel, and where they hold. */
export interface Spacing {
  row: number;
  column: number;
  /** In the patient, at the detector (larger than in the patient by an unknown factor), or in an ultrasound region. */
  at: 'patient' | 'detector' | 'region';
}

function pair(values: readonly number[], at: Spacing['at']): Spacing | undefined {
  const [row, column] = values;
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? { row, column, at } : undefined;
}

/** The spacing of an ultrasound image whose regions agree on one (PS3.3 C.8.5.5), given in cm. */
function regionSpacing(data: DataSet): Spacing | undefined {
  const regions = items(data, '00186011').filter(
    (region) => number(region, '00186024') === 3 && number(region, '00186026') === 3,
  );
  const deltas = regions.map((region) => [number(region, '0018602E'), number(region, '0018602C')]);
  const [row = 0, column = 0] = deltas[0]?.map((centimetres) => Math.abs(centimetres ?? 0) * 10) ?? [];
  const agree = new Set(deltas.map((delta) => delta.join())).size === 1;
  return agree ? pair([row, column], 'region') : undefined;
}

/** Returns the spacing of an image (or of a frame: see `frameData`), `undefined` where its header tells none. */
export function spacingOf(data: DataSet): Spacing | undefined {
  return (
    pair(numbers(data, '00280030'), 'patient') ?? regionSpacing(data) ?? pair(numbers(data, '00181164'), 'detector')
  );
}

/** Height of a pixel by its width, for images that tell the shape of their pixels but not their size. */
export function pixelAspect(data: DataSet): number {
  const [vertical = 0, horizontal = 0] = numbers(data, '00280034');
  return vertical > 0 && horizontal > 0 ? vertical / horizontal : 1;
}
