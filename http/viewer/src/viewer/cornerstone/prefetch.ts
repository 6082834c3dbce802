import { cache, Enums, imageLoader } from '@cornerstonejs/core';
import { stackOf } from './engine';
import { prefetchOrder } from './prefetchOrder';
import { viewer } from '../state';

/** Requests at once for images that nobody waits for yet; the browser opens six connections to a server. */
const parallel = 5;

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

/** Whether another image fits without pushing out those that are shown. */
function hasRoom(): boolean {
  return cache.getCacheSize() < cache.getMaxCacheSize() * 0.9;
}

function report(): void {
  for (const { imageIds } of jobs.values()) {
    if (reported.has(imageIds) || !imageIds.every((id) => cache.isLoaded(id))) continue;
    reported.add(imageIds);
    performance.mark('noctis:series-loaded', { detail: imageIds[0] });
  }
}

function pump(): void {
  while (underWay.size < parallel && hasRoom()) {
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
  if (isSame && before.waiting.length === 0 && hasRoom()) return;
  const direction = isSame && at < before.at ? -1 : 1;
  const waiting = prefetchOrder(imageIds.length, at, direction)
    .map((index) => imageIds[index])
    .filter((id) => id !== undefined)
    .filter((id) => !cache.isLoaded(id));
  jobs.set(pane, { imageIds, waiting, at, direction });
  pump();
}

export function stopPrefetch(pane: string): void {
  jobs.delete(pane);
}
