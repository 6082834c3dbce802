import type { BrowserContext, Page } from "../../tests/browser/support/browser";

/** Something that a page did, by the page's own clock (ms since its navigation). */
export interface Moment {
  name: string;
  at: number;
}

/** The marks that the application sets for whoever measures it. */
export type Mark =
  | "worklist-usable"
  | "first-image"
  | "series-loaded"
  | "slice-shown"
  | "mpr-shown";

/** What the probe collects within a page. */
interface Probed {
  moments: Moment[];
}

declare global {
  interface Window {
    probed: Probed;
  }
}

/** Notes marks, what Cornerstone says that it has drawn (in any application made with it), and what the user does. */
function collect(): void {
  const moments: Moment[] = [];
  window.probed = { moments };
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name.startsWith("noctis:")) moments.push({ name, at: startTime });
  }).observe({ type: "mark", buffered: true });
  const note = (event: Event) =>
    moments.push({ name: event.type, at: event.timeStamp });
  for (const type of [
    "CORNERSTONE_IMAGE_RENDERED",
    "CORNERSTONE_STACK_NEW_IMAGE",
    "CORNERSTONE_VOLUME_NEW_IMAGE",
    "keydown",
    "wheel",
  ])
    document.addEventListener(type, note, { capture: true, passive: true });
}

/** Lets each page of a context collect what happens in it, from its first script on. */
export async function probe(context: BrowserContext): Promise<void> {
  await context.addInitScript(collect);
}

export async function momentsOf(page: Page): Promise<Moment[]> {
  return page.evaluate(() => window.probed.moments);
}

/** When the page first did this, and again after `times` times; ms since its navigation. Throws after `seconds`. */
export async function momentOf(
  page: Page,
  name: string,
  seconds = 60,
  times = 1,
): Promise<number> {
  const found = await page.waitForFunction(
    ([wanted, count]) =>
      window.probed.moments.filter((moment) => moment.name === wanted)[
        count - 1
      ]?.at,
    [name, times] as const,
    { timeout: seconds * 1000, polling: 20 },
  );
  return (await found.jsonValue()) ?? Number.NaN;
}

export function markOf(page: Page, mark: Mark, seconds = 60): Promise<number> {
  return momentOf(page, `noctis:${mark}`, seconds);
}
