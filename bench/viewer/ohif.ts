import type { Page } from '../../tests/browser/support/browser';
import { openPage, withBrowser, type Bench } from './bench';
import { peakMemory } from './memory';
import { scrolling, type Figures } from './noctis';
import { momentOf, rendered } from './probe';

/** OHIF's list in a browser that has seen nothing: when its first study stands there. */
export async function list(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser }) => {
    const page = await openPage(browser, bench, 'ohif');
    const usable = async () => {
      await page.goto('/');
      const shown = await page.waitForFunction(
        () => (/slices/.test(document.body.innerText) ? performance.now() : undefined),
        undefined,
        { polling: 'raf', timeout: 60_000 },
      );
      return (await shown.jsonValue()) ?? Number.NaN;
    };
    return { usable: await usable(), usableAgain: await usable() };
  });
}

/** When the last of so many frames has come (ms since navigation). */
async function framesOf(page: Page, count: number): Promise<number> {
  const found = await page.waitForFunction(
    (wanted) => {
      const frames = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/frames/'));
      const urls = new Set(frames.map(({ name }) => name));
      return urls.size >= wanted
        ? Math.max(...frames.map((one) => (one as PerformanceResourceTiming).responseEnd))
        : undefined;
    },
    count,
    { polling: 50, timeout: 120_000 },
  );
  return (await found.jsonValue()) ?? Number.NaN;
}

async function openStudy(page: Page, bench: Bench): Promise<{ first: number; whole: number }> {
  await page.goto(`/viewer?StudyInstanceUIDs=${bench.ct123.study}`);
  const first = await momentOf(page, rendered);
  return { first, whole: await framesOf(page, bench.ct123.instances.length) };
}

/** The study of 123 slices in OHIF. Whole: all frames have come, whether decoded or not. */
export async function stack(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser }) => {
    const page = await openPage(browser, bench, 'ohif');
    await page.addInitScript(() => performance.setResourceTimingBufferSize(5000));
    const { first, whole } = await openStudy(page, bench);
    await page.waitForTimeout(2000);
    await dismiss(page);
    const scroll = await scrolling(page, rendered);
    await page.goto('/');
    const again = await openStudy(page, bench);
    return {
      first,
      whole,
      scroll,
      firstAgain: again.first,
      wholeAgain: again.whole,
    };
  });
}

/** Puts away what OHIF lays over its images. */
async function dismiss(page: Page): Promise<void> {
  for (const name of ['Skip all', 'Confirm and hide']) {
    const button = page.getByRole('button', { name }).or(page.getByText(name));
    if (await button.first().isVisible()) await button.first().click();
  }
}

/** MPR of the 300 slices in OHIF, from navigation until each plane is drawn and all frames have come. */
export async function mpr(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser, pid }) => {
    const page = await openPage(browser, bench, 'ohif');
    await page.addInitScript(() => performance.setResourceTimingBufferSize(5000));
    const { peak, value } = await peakMemory(
      pid,
      (async () => {
        await page.goto(`/viewer?StudyInstanceUIDs=${bench.ct300.study}&hangingprotocolId=mpr`);
        const drawn = await momentOf(page, rendered, 120, 3);
        return Math.max(drawn, await framesOf(page, bench.ct300.instances.length));
      })(),
    );
    return { mpr: value, memory: peak };
  });
}
