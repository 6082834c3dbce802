import { get } from 'node:http';
import { join } from 'node:path';
import { cp } from 'node:fs/promises';
import type { Page } from '../../tests/browser/support/browser';
import { openPage, run, withBrowser, type Bench } from './bench';
import { peakMemory } from './memory';
import { markOf, momentOf, momentsOf, rendered } from './probe';
import { median } from './table';

/** What one run found, by the name of the figure; ms, bytes. */
export type Figures = Record<string, number>;

function gzippedSize(url: string): Promise<number> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer
        .on('data', (part: Buffer) => (bytes += part.length))
        .on('end', () => done(bytes))
        .on('error', fail);
    }).on('error', fail);
  });
}

/** The worklist in a browser that has seen nothing: when it can be used, and how much script it took. */
export async function worklist(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser }) => {
    const page = await openPage(browser, bench, 'noctis');
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(response.url());
    });
    await page.goto('/worklist/');
    const usable = await markOf(page, 'worklist-usable');
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all([...scripts].map(gzippedSize));
    await page.goto('/worklist/');
    const again = await markOf(page, 'worklist-usable');
    return {
      usable,
      usableAgain: again,
      script: sizes.reduce((sum, size) => sum + size, 0),
    };
  });
}

/** From the acknowledgement of a C-STORE until an open worklist shows the new study. */
export async function arrivals(bench: Bench, times: number): Promise<Figures> {
  return withBrowser(async ({ browser }) => {
    const page = await openPage(browser, bench, 'noctis');
    await page.goto('/worklist/');
    await markOf(page, 'worklist-usable');
    const delays: number[] = [];
    for (let number = 1; number <= times; number += 1) delays.push(await arrival(bench, page, `ARRIVAL${number}`));
    return { arrival: median(delays) };
  });
}

async function arrival(bench: Bench, page: Page, name: string): Promise<number> {
  const file = join(bench.phantoms, `${name}.dcm`);
  await cp(join(bench.phantoms, 'ct-123', '01-0001.dcm'), file);
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const values = [`PatientName=${name}`, `PatientID=${name}`, `StudyDate=${date}`].flatMap((value) => ['-m', value]);
  await run('dcmodify', ['-nb', '-gst', '-gse', '-gin', ...values, file]);
  const shown = page.waitForFunction(
    (text) => (document.body.innerText.includes(text) ? Date.now() : undefined),
    name,
    { polling: 'raf', timeout: 20_000 },
  );
  await bench.system.send(file);
  const acknowledged = Date.now();
  return Math.max(0, ((await (await shown).jsonValue()) ?? Number.NaN) - acknowledged);
}

/** A study of 123 slices: the first image, all of them, and scrolling through what is there. */
export async function stack(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser }) => {
    const page = await openPage(browser, bench, 'noctis');
    await page.goto(`/viewer/${bench.ct123.study}`);
    const first = await markOf(page, 'first-image');
    const drawn = await momentOf(page, rendered);
    const whole = await markOf(page, 'series-loaded');
    const scroll = await scrolling(page, rendered);
    await page.goto('/worklist/');
    await page.goto(`/viewer/${bench.ct123.study}`);
    const firstAgain = await markOf(page, 'first-image');
    const drawnAgain = await momentOf(page, rendered);
    const wholeAgain = await markOf(page, 'series-loaded');
    return { first, drawn, whole, firstAgain, drawnAgain, wholeAgain, scroll };
  });
}

/** Median time from a key that asks for the next slice until it is shown. */
export async function scrolling(page: Page, shown: string, steps = 40): Promise<number> {
  await page.locator('canvas').first().hover();
  const delays: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const before = (await momentsOf(page)).length;
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      ([start, name]) => window.probed.moments.slice(start).some((moment) => moment.name === name),
      [before, shown] as const,
      { polling: 10, timeout: 5000 },
    );
    const moments = (await momentsOf(page)).slice(before);
    const [key, drawn] = ['keydown', shown].map((name) => moments.find((moment) => moment.name === name)?.at);
    delays.push((drawn ?? Number.NaN) - (key ?? Number.NaN));
    await page.waitForTimeout(60);
  }
  return median(delays);
}

/** MPR of 300 × 512 × 512, from navigation until all three planes show it, and what the browser holds meanwhile. */
export async function mpr(bench: Bench): Promise<Figures> {
  return withBrowser(async ({ browser, pid }) => {
    const page = await openPage(browser, bench, 'noctis');
    const { peak, value } = await peakMemory(
      pid,
      (async () => {
        await page.goto(`/viewer/${bench.ct300.study}`);
        await markOf(page, 'slice-shown');
        const asked = await page.evaluate(() => performance.now());
        await page.keyboard.press('Shift+M');
        return { asked, shown: await markOf(page, 'mpr-shown', 120) };
      })(),
    );
    return {
      mpr: value.shown,
      mprAfterAsking: value.shown - value.asked,
      memory: peak,
    };
  });
}
