import { items, numbers, texts, type DataSet } from '../study/dicomJson';

/** A window: its centre and width in the units of the image after the modality's rescaling (HU for CT). */
export interface Window {
  center: number;
  width: number;
  /** What it is for, as the header says. */
  explanation: string;
}

/** The range that a VOI LUT (PS3.3 C.11.2.1.1) spreads over the greys. */
function lutWindow(data: DataSet): Window[] {
  return items(data, '00283010').flatMap((lut) => {
    const [entries = 0, first = 0] = numbers(lut, '00283002');
    const width = entries === 0 ? 65536 : entries;
    return [{ center: first + width / 2, width, explanation: texts(lut, '00283003')[0] ?? '' }];
  });
}

/** Returns the windows of an image's header, the first being the one to begin with. */
export function windowsOf(data: DataSet): Window[] {
  const widths = numbers(data, '00281051');
  const names = texts(data, '00281055');
  const stated = numbers(data, '00281050').flatMap((center, index) => {
    const width = widths[index];
    return width !== undefined && width > 0 ? [{ center, width, explanation: names[index] ?? '' }] : [];
  });
  return stated.length > 0 ? stated : lutWindow(data);
}

/** Returns the window from the 1st to the 99th percentile of the values, at most 20,000 of which are looked at. */
export function percentileWindow(values: ArrayLike<number>): Window | undefined {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const sample: number[] = [];
  for (let index = 0; index < values.length; index += step) sample.push(values[index] ?? 0);
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(sample.length * 0.01)];
  const high = sample[Math.floor((sample.length - 1) * 0.99)];
  if (low === undefined || high === undefined) return undefined;
  return { center: (low + high) / 2, width: Math.max(1, high - low), explanation: '' };
}
