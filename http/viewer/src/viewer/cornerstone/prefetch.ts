import { cache, Enums, imageLoader } from '@cornerstonejs/core';
import { stackOf } from './engine';
import { prefetchOrder } from './prefetchOrder';
import { viewer } from '../state';
import { addressOf } from '../study/imageIds';

/** Requests at once for images that nobody waits for yet: two of the browser's six connections are left for others. */
const parallel = 4;

/** How many images are fetched around the one that is shown where not all of the stack fit into the cache. */
const near = 40;

interface Job {
  imageIds: readonly string[];
  /** Those still to be fetched, nearest first. */
  waiting: string[];
  at: number;
  direction: number;
}

const jobs = new Map<string, Job>();
const underWay = new Set<string>();
const failed = new Set<string>();
const reported = new Set<readonly string[]>();

/** The next image: the active pane's first, then the other panes' in turn. */
function next(): string | undefined {
  const { activePane } = viewer.get();
  const ordered = [...jobs].sort(([a], [b]) => Number(b === activePane) - Number(a === activePane));
  for (const [, { waiting }] of ordered) {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      if (!cache.isLoaded(id) && !underWay.has(id) && !failed.has(id)) return id;
  }
  return undefined;
}

/** How many of so many more images the cache takes; what is near is fetched in any case, and pushes out what is far. */
function roomFor(count: number, bytes: number): number {
  const left = cache.getMaxCacheSize() * 0.9 - cache.getCacheSize();
  return count * bytes <= left ? count : near;
}

function report(): void {
  for (const { imageIds } of jobs.values()) {
    if (reported.has(imageIds) || !imageIds.every((id) => cache.isLoaded(id))) continue;
    reported.add(imageIds);
    performance.mark('noctis:series-loaded', { detail: addressOf(imageIds[0] ?? '')?.seriesUid });
  }
}

function pump(): void {
  while (underWay.size < parallel) {
    const id = next();
    if (id === undefined) break;
    underWay.add(id);
    void imageLoader
      .loadAndCacheImage(id, { priority: 0, requestType: Enums.RequestType.Prefetch })
      .catch(() => failed.add(id))
      .finally(() => {
        underWay.delete(id);
        pump();
      });
  }
  if (underWay.size === 0) report();
}

/** Fetches the rest of a pane's stack, from where it is, in the direction in which it was scrolled. */
export function startPrefetch(pane: string): void {
  const viewport = stackOf(pane);
  if (viewport === undefined) return;
  const imageIds = viewport.getImageIds();
  const at = viewport.getCurrentImageIdIndex();
  const before = jobs.get(pane);
  const isSame = before?.imageIds === imageIds;
  if (reported.has(imageIds)) return;
  const direction = isSame && at < before.at ? -1 : 1;
  const waiting = prefetchOrder(imageIds.length, at, direction)
    .map((index) => imageIds[index])
    .filter((id) => id !== undefined)
    .filter((id) => !cache.isLoaded(id));
  const image = viewport.getCornerstoneImage() as { sizeInBytes: number } | undefined;
  waiting.length = Math.min(waiting.length, roomFor(waiting.length, image?.sizeInBytes ?? 0));
  jobs.set(pane, { imageIds, waiting, at, direction });
  pump();
}

export function stopPrefetch(pane: string): void {
  jobs.delete(pane);
}
