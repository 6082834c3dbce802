import { fetchDataSets } from '@/viewer/study/dataSets';
import { number, text } from '@/viewer/study/dicomJson';

/** An image of the study that can become a key image. */
export interface StudyImage {
  series: string;
  uid: string;
  /** Instance Number */
  number: number | undefined;
  frames: number;
}

const shownAtMost = 2000;

/** The images of a series, in the order of their numbers. Throws `Problem`. */
export async function imagesOf(study: string, series: string, signal?: AbortSignal): Promise<readonly StudyImage[]> {
  const path = `/dicom-web/studies/${study}/series/${series}/instances?limit=${shownAtMost}&includefield=NumberOfFrames`;
  const found = await fetchDataSets(path, signal);
  return found
    .map((data) => ({
      series,
      uid: text(data, '00080018'),
      number: number(data, '00200013'),
      frames: Math.max(1, number(data, '00280008') ?? 1),
    }))
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.uid.localeCompare(b.uid));
}

/** In which series an image of the study is. Throws `Problem`. */
export async function seriesOf(study: string, uid: string): Promise<string | null> {
  const [found] = await fetchDataSets(`/dicom-web/studies/${study}/instances?SOPInstanceUID=${uid}`);
  return found === undefined ? null : text(found, '0020000E');
}

/** Where a small picture of a frame is. */
export function picturePath(study: string, series: string, uid: string, frame: number): string {
  return `/dicom-web/studies/${study}/series/${series}/instances/${uid}/frames/${frame}/thumbnail`;
}

/** The frames that are offered of images, at most so many: all of single images, of longer ones evenly spread. */
export function framesOf(images: readonly StudyImage[], most: number): readonly (StudyImage & { frame: number })[] {
  const all = images.flatMap((image) =>
    Array.from({ length: image.frames }, (_, index) => ({ ...image, frame: index + 1 })),
  );
  if (all.length <= most) return all;
  const places = Array.from({ length: most }, (_, index) => Math.round((index * (all.length - 1)) / (most - 1)));
  return [...new Set(places)].flatMap((place) => all[place] ?? []);
}
