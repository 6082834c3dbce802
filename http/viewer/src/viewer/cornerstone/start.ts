import { cache, imageLoadPoolManager, init as initCore, Enums } from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import { init as initTools } from '@cornerstonejs/tools';
import { countLoaded } from './countLoaded';
import { fillToolGroups } from './toolGroups';
import { shareMetadata } from './metadata';

/** Workers that decode: two where there are few cores, at most four. */
const workers = Math.min(4, Math.max(2, Math.floor(navigator.hardwareConcurrency / 2)));

/** Bytes of decoded images that are kept: a quarter of what the device says it has, 512 MB … 2 GB. */
function cacheLimit(): number {
  const gigabytes = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : 4;
  return Math.min(2, Math.max(0.5, gigabytes / 4)) * 2 ** 30;
}

function start(): void {
  // One context draws all viewports: each of its own would hold its own copy of a volume.
  initCore({ debug: { statsOverlay: false }, rendering: { webGlContextCount: 1 } });
  cache.setMaxCacheSize(cacheLimit());
  imageLoadPoolManager.setMaxSimultaneousRequests(Enums.RequestType.Interaction, 6);
  initLoader({ maxWebWorkers: workers });
  initTools();
  shareMetadata();
  countLoaded();
  fillToolGroups();
}

let started = false;

/** Starts Cornerstone once: loader, workers, metadata and tools. */
export function startCornerstone(): void {
  if (started) return;
  started = true;
  start();
}
