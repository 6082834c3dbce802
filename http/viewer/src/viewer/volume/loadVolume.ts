import { cache, Enums, imageLoader, utilities, volumeLoader, type Types } from '@cornerstonejs/core';
import { imageIdOf } from '../study/imageIds';
import type { PlacedFrame } from './frames';
import type { VolumeDescription } from './describeVolume';
import { resamplePlane, type Voxels } from './resample';

export interface LoadOptions {
  /** Among those that the description has. */
  phase: number;
  /** Every how many planes are taken. */
  stride: number;
  signal: AbortSignal;
  /** 0 … 1. */
  onProgress: (done: number) => void;
}

/** Requests under way at once; the loader's own queue holds them to what the browser allows. */
const parallel = 8;

async function loadImages(imageIds: readonly string[], signal: AbortSignal, onDone: (count: number) => void) {
  const images: Types.IImage[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let index = next++; index < imageIds.length; index = next++) {
      signal.throwIfAborted();
      const id = imageIds[index];
      if (id === undefined) continue;
      const options = { priority: 0, requestType: Enums.RequestType.Prefetch };
      images[index] = await imageLoader.loadAndCacheImage(id, options);
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  signal.throwIfAborted();
  return images;
}

/** The pixels in modality units (HU, SUV), as they are cached: never to be changed. */
function modalityPixels(image: Types.IImage): Voxels {
  const pixels = image.getPixelData() as Voxels;
  const { slope, intercept } = image;
  if (image.preScale?.scaled === true || (slope === 1 && intercept === 0)) return pixels;
  return Float32Array.from(pixels, (value) => value * slope + intercept);
}

const pause = () => new Promise<void>((resume) => setTimeout(resume));

function emptyVoxels(like: Voxels, count: number): Voxels {
  if (like instanceof Float32Array) return new Float32Array(count);
  return like instanceof Uint8Array ? new Uint8Array(count) : new Int16Array(count);
}

function leastOf(planes: readonly Voxels[]): number {
  let least = Infinity;
  for (const plane of planes) for (const value of plane) if (value < least) least = value;
  return least;
}

/** Makes the planes of an orthogonal volume, giving way to the page between them. */
async function resample(volume: VolumeDescription, planes: Voxels[], { signal, onProgress }: LoadOptions) {
  const [columns, rows, depth] = volume.dimensions;
  const [first] = planes;
  if (first === undefined) throw new Error('a volume without planes');
  const size = columns * rows;
  const voxels = emptyVoxels(first, size * depth);
  const outside = leastOf(planes);
  let rested = performance.now();
  for (let index = 0; index < depth; index++) {
    resamplePlane(volume, planes, index, outside, voxels.subarray(index * size, (index + 1) * size));
    if (performance.now() - rested < 30) continue;
    onProgress(index / depth);
    await pause();
    signal.throwIfAborted();
    rested = performance.now();
  }
  return voxels;
}

async function loadResampled(
  id: string,
  volume: VolumeDescription,
  frames: readonly PlacedFrame[],
  options: LoadOptions,
) {
  const imageIds = frames.map(({ instance, frame }) => imageIdOf(instance, frame));
  const before = new Set(imageIds.filter((imageId) => cache.isLoaded(imageId)));
  const { signal, onProgress } = options;
  const images = await loadImages(imageIds, signal, (count) => onProgress((count / imageIds.length) * 0.7));
  const onResampled = (done: number) => onProgress(0.7 + done * 0.3);
  const scalarData = await resample(volume, images.map(modalityPixels), { ...options, onProgress: onResampled });
  const [columns, rows, depth] = volume.dimensions;
  const made = volumeLoader.createLocalVolume(id, {
    scalarData,
    dimensions: [columns, rows, depth],
    spacing: [...volume.spacing],
    origin: [...volume.origin],
    direction: [...volume.row, ...volume.column, ...volume.normal],
    metadata: { ...utilities.makeVolumeMetadata(imageIds), Columns: columns, Rows: rows },
  });
  made.modified();
  for (const imageId of imageIds)
    if (!before.has(imageId) && cache.getImageLoadObject(imageId) !== undefined) cache.removeImageLoadObject(imageId);
}

/**
 * Loads a volume into Cornerstone's cache under `id`. Planes that can be taken as they are stay the cached images of the
 * stack, so that they are in memory once. Throws what the loader throws; `AbortError` when cancelled.
 */
export async function loadVolume(id: string, volume: VolumeDescription, options: LoadOptions): Promise<void> {
  const all = volume.phases[options.phase] ?? [];
  if (volume.resampling !== null) {
    await loadResampled(id, volume, all, options);
    return;
  }
  const frames = all.filter((_, index) => index % options.stride === 0);
  const imageIds = frames.map(({ instance, frame }) => imageIdOf(instance, frame));
  await loadImages(imageIds, options.signal, (count) => options.onProgress(count / imageIds.length));
  volumeLoader.createAndCacheVolumeFromImagesSync(id, imageIds).modified();
}
