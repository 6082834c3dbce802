import { items, number, numbers, text, type DataSet } from '../study/dicomJson';
import type { Flat } from '../study/vector';

/** How far apart pixels are and how that is known. */
export interface Calibration {
  columnSpacing: number;
  rowSpacing: number;
  unit: 'mm' | '{pixels}';
  /** `patient`: in the patient's plane; `detector`: at the detector, where things look larger than they are. */
  source: 'patient' | 'detector' | 'ultrasound' | 'none';
}

export const uncalibrated: Calibration = { columnSpacing: 1, rowSpacing: 1, unit: '{pixels}', source: 'none' };

const pixelSpacing = '00280030';
const imagerPixelSpacing = '00181164';
const nominalScannedPixelSpacing = '00182010';
const regions = '00186011';
const centimetres = 3;

/** Returns the functional groups that speak for a frame (from 1), the frame's own first (PS3.3 C.7.6.16). */
export function functionalGroups(data: DataSet, frame: number): readonly DataSet[] {
  const own = items(data, '52009230')[frame - 1];
  const shared = items(data, '52009229')[0];
  return [own, shared].filter((group) => group !== undefined);
}

function spacingOf(data: DataSet, tag: string, source: Calibration['source']): Calibration | undefined {
  const [rowSpacing, columnSpacing] = numbers(data, tag);
  if (!(rowSpacing !== undefined && rowSpacing > 0 && columnSpacing !== undefined && columnSpacing > 0)) return;
  return { columnSpacing, rowSpacing, unit: 'mm', source };
}

/** Calibrated by a region of an ultrasound image (PS3.3 C.8.5.5) that holds all points and is scaled in cm. */
function ultrasoundRegion(data: DataSet, points: readonly Flat[]): Calibration | undefined {
  const region = items(data, regions).find((one) => {
    const [left, top, right, bottom] = ['00186018', '0018601A', '0018601C', '0018601E'].map((tag) => number(one, tag));
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return false;
    return points.every(([column, row]) => column >= left && column <= right + 1 && row >= top && row <= bottom + 1);
  });
  if (region === undefined) return;
  if (number(region, '00186024') !== centimetres || number(region, '00186026') !== centimetres) return;
  const columnSpacing = Math.abs(number(region, '0018602C') ?? 0) * 10;
  const rowSpacing = Math.abs(number(region, '0018602E') ?? 0) * 10;
  return columnSpacing > 0 && rowSpacing > 0
    ? { columnSpacing, rowSpacing, unit: 'mm', source: 'ultrasound' }
    : undefined;
}

/**
 * Returns how a frame (from 1) is calibrated where `points` lie.
 *
 * A projection's Pixel Spacing that was not corrected equals Imager Pixel Spacing and speaks of the detector
 * (PS3.3 10.7.1.3).
 */
export function calibrationOf(data: DataSet, frame: number, points: readonly Flat[]): Calibration {
  const grouped = functionalGroups(data, frame)
    .flatMap((group) => items(group, '00289110'))
    .map((measures) => spacingOf(measures, pixelSpacing, 'patient'))
    .find((one) => one !== undefined);
  if (grouped !== undefined) return grouped;
  const ultrasound = ultrasoundRegion(data, points);
  if (ultrasound !== undefined) return ultrasound;
  const detector = spacingOf(data, imagerPixelSpacing, 'detector');
  const patient = spacingOf(data, pixelSpacing, 'patient');
  if (patient !== undefined && detector !== undefined && text(data, '00280A02') === '') {
    const isSame = patient.columnSpacing === detector.columnSpacing && patient.rowSpacing === detector.rowSpacing;
    if (isSame) return detector;
  }
  return patient ?? detector ?? spacingOf(data, nominalScannedPixelSpacing, 'patient') ?? uncalibrated;
}
