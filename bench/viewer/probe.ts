import type { BrowserContext, Page } from '../../tests/browser/support/browser';

/** Something that a page did, by the page's own clock (ms since its navigation). */
export interface Moment {
  name: string;
  at: number;
}

/** The marks that the application sets for whoever measures it. */
export type Mark = 'worklist-usable' | 'first-image' | 'slice-shown' | 'series-loaded' | 'mpr-shown';

/** What the probe collects within a page. */
interface Probed {
  moments: Moment[];
}

declare global {
  interface Window {
    probed: Probed;
  }
}

/** What Cornerstone sends when it has drawn an image, in any application made with it. */
export const rendered = 'CORNERSTONE_IMAGE_RENDERED';

const events = [rendered, 'keydown'];

/**
 * Notes marks, what Cornerstone says that it has drawn (in any application made with it), and keys. It runs in the page:
 * without functions that have names, which the transpiler wraps into a helper that the page does not have.
 */
function collect(types: readonly string[]): void {
  const moments: Moment[] = [];
  window.probed = { moments };
  performance.setResourceTimingBufferSize(5000);
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name.startsWith('noctis:')) moments.push({ name, at: startTime });
  }).observe({ type: 'mark', buffered: true });
  for (const type of types)
    document.addEventListener(type, ({ timeStamp }) => moments.push({ name: type, at: timeStamp }), { capture: true });
}

/** Lets each page of a context collect what happens in it, from its first script on. */
export async function probe(context: BrowserContext): Promise<void> {
  await context.addInitScript(collect, events);
}

export async function momentsOf(page: Page): Promise<Moment[]> {
  return page.evaluate(() => window.probed.moments);
}

/** When the page first did this, and again after `times` times; ms since its navigation. Throws after `seconds`. */
export async function momentOf(page: Page, name: string, seconds = 60, times = 1): Promise<number> {
  const found = await page.waitForFunction(
    ([wanted, count]) => window.probed.moments.filter((moment) => moment.name === wanted)[count - 1]?.at,
    [name, times] as const,
    { timeout: seconds * 1000, polling: 20 },
  );
  return (await found.jsonValue()) ?? Number.NaN;
}

export function markOf(page: Page, mark: Mark, seconds = 60): Promise<number> {
  return momentOf(page, `noctis:${mark}`, seconds);
}
