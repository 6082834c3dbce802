import { calculateSUVScalingFactors, type InstanceMetadata } from '@cornerstonejs/calculate-suv';
import { items, number, text, texts, type DataSet } from '../study/dicomJson';

/** What a modality's values (after slope and intercept) are, and by what to multiply them to be in `unit`. */
export interface ValueUnit {
  factor: number;
  /** UCUM; `1` for values without a known unit. */
  unit: string;
}

const plain: ValueUnit = { factor: 1, unit: '1' };
const petUnits: Readonly<Record<string, string>> = { BQML: 'Bq/ml', CNTS: '{counts}' };

/** Returns in what unit the values of an image are told: HU, SUVbw where a PET's header allows it, or as they are. */
export function valueUnitOf(data: DataSet): ValueUnit {
  const modality = text(data, '00080060');
  if (modality === 'PT') return suvUnit(data) ?? { factor: 1, unit: petUnits[text(data, '00541001')] ?? '1' };
  const rescaleType = text(data, '00281054');
  const isLocaliser = texts(data, '00080008').includes('LOCALIZER');
  if (modality === 'CT' && !isLocaliser && (rescaleType === '' || rescaleType === 'HU'))
    return { factor: 1, unit: "[hnsf'U]" };
  return rescaleType === 'HU' ? { factor: 1, unit: "[hnsf'U]" } : plain;
}

/** Factor from Bq/ml to SUVbw after the steps of the Quantitative Imaging Biomarkers Alliance. */
function suvFactor(data: DataSet): number | undefined {
  const metadata = suvMetadata(data);
  if (metadata === undefined || metadata.Units === 'GML') return;
  const decay = metadata.DecayCorrection;
  if (decay === 'ADMIN') return (metadata.PatientWeight * 1000) / metadata.RadionuclideTotalDose;
  if (decay !== 'START') return;
  try {
    return calculateSUVScalingFactors([metadata])[0]?.suvbw;
  } catch {
    // The header lacks what SUV needs (times, corrections): values stay in the unit that they have.
    return undefined;
  }
}

function suvUnit(data: DataSet): ValueUnit | undefined {
  if (text(data, '00541001') === 'GML') {
    const type = text(data, '00541006');
    return type === '' || type === 'BW' ? { factor: 1, unit: 'g/ml{SUVbw}' } : undefined;
  }
  const factor = suvFactor(data);
  return factor !== undefined && factor > 0 && Number.isFinite(factor) ? { factor, unit: 'g/ml{SUVbw}' } : undefined;
}

function suvMetadata(data: DataSet): InstanceMetadata | undefined {
  const dose = items(data, '00540016')[0] ?? {};
  const weight = number(data, '00101030');
  const totalDose = number(dose, '00181074');
  const halfLife = number(dose, '00181075');
  if (weight === undefined || totalDose === undefined || halfLife === undefined) return;
  const startDateTime = text(dose, '00181078');
  const startTime = text(dose, '00181072');
  const reference = number(data, '00541300');
  const duration = number(data, '00181242');
  return {
    CorrectedImage: texts(data, '00280051'),
    Units: text(data, '00541001'),
    RadionuclideHalfLife: halfLife,
    RadionuclideTotalDose: totalDose,
    DecayCorrection: text(data, '00541102'),
    PatientWeight: weight,
    SeriesDate: text(data, '00080021'),
    SeriesTime: text(data, '00080031'),
    AcquisitionDate: text(data, '00080022'),
    AcquisitionTime: text(data, '00080032'),
    ...(startDateTime !== '' && { RadiopharmaceuticalStartDateTime: startDateTime }),
    ...(startTime !== '' && { RadiopharmaceuticalStartTime: startTime }),
    ...(reference !== undefined && { FrameReferenceTime: reference }),
    ...(duration !== undefined && { ActualFrameDuration: duration }),
    ...(text(data, '70530010').startsWith('Philips PET') && {
      PhilipsPETPrivateGroup: {
        SUVScaleFactor: number(data, '70531000'),
        ActivityConcentrationScaleFactor: number(data, '70531009'),
      },
    }),
  };
}
