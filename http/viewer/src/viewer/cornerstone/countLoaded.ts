import { Enums, eventTarget } from '@cornerstonejs/core';
import { addressOf } from '../study/imageIds';
import { useLoadedImages } from '../study/loadedImages';

/** Milliseconds between two updates of what the page shows. */
const interval = 150;

const loaded = new Map<string, Set<string>>();
let timer: ReturnType<typeof setTimeout> | undefined;

function publish(): void {
  timer = undefined;
  useLoadedImages.setState(Object.fromEntries([...loaded].map(([series, images]) => [series, images.size])), true);
}

function count(imageId: string, isThere: boolean): void {
  const series = addressOf(imageId)?.seriesUid;
  if (series === undefined) return;
  const images = loaded.get(series) ?? new Set();
  loaded.set(series, images);
  if (isThere) images.add(imageId);
  else images.delete(imageId);
  timer ??= setTimeout(publish, interval);
}

/** Keeps count of the images in Cornerstone's cache, by series. */
export function countLoaded(): void {
  const { IMAGE_CACHE_IMAGE_ADDED: added, IMAGE_CACHE_IMAGE_REMOVED: removed } = Enums.Events;
  eventTarget.addEventListener(added, (event: Event) => {
    count((event as CustomEvent<{ image: { imageId: string } }>).detail.image.imageId, true);
  });
  eventTarget.addEventListener(removed, (event: Event) => {
    count((event as CustomEvent<{ imageId: string }>).detail.imageId, false);
  });
}
