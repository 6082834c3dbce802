import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { shapesOf, type Extent, type Picture, type Rgba } from '../support/pixels';
import { openSeries } from '../support/viewer';
import { measure, millimetresPerPixel, paneOf } from '../support/volumes';

/** mm: of the phantom's pixels. */
const pixel = 0.8;

const isBright = ([red]: Rgba) => red >= 128;

async function choose(page: Page, slab: string): Promise<void> {
  await page.getByRole('button', { name: /Slab/ }).click();
  await page.getByRole('option', { name: slab }).click();
}

/** The grey level in the middle of a shape. */
function greyIn({ width, rgba }: Picture, { left, right, top, bottom }: Extent): number {
  return rgba[4 * (Math.floor((top + bottom) / 2) * width + Math.floor((left + right) / 2))] ?? NaN;
}

// Narrower panes have no scale bar.
test.use({ viewport: { width: 1900, height: 640 } });

test('a slab shows the greatest and the least of what it holds', async ({ page, seed, shot }) => {
  const { study, series } = await seed('volume');
  await openSeries(page, study, series[0]);
  await page.getByRole('button', { name: 'Volume settings' }).click();
  await page.keyboard.press('Shift+M');
  const axial = await paneOf(page, 'axial');
  const shapes = async () => shapesOf(await axial.settled(), isBright);
  const slider = page.locator('[data-pane]').filter({ has: axial.viewport }).getByRole('slider');
  await slider.fill('1');
  await axial.shows(0);
  expect(await shapes(), 'the last plane holds air').toHaveLength(0);

  await choose(page, 'Maximum (MIP)');
  await page.getByRole('slider', { name: 'Thickness' }).fill('100');
  await expect.poll(async () => (await shapes()).length, 'bodies in the slab').toBe(2);
  await shot('viewer-slab');
  const picture = await axial.settled();
  const scale = await millimetresPerPixel(axial);
  const [sphere, box] = shapesOf(picture, isBright) as [Extent, Extent];
  const [ball, block] = [measure(sphere, picture, scale), measure(box, picture, scale)];
  for (const [found, expected] of [
    [ball.width, 50],
    [ball.height, 50],
    [block.width, 20],
    [block.height, 40],
  ] as const)
    expect(Math.abs(found - expected), `${found} mm, not ${expected}`).toBeLessThan(2 * pixel);
  // 200 HU in the window from −160 to 240 HU; the box's 400 HU lie above it.
  expect(Math.abs(greyIn(picture, sphere) - 229.5)).toBeLessThan(2);
  expect(greyIn(picture, box)).toBe(255);

  await choose(page, 'Minimum (MinIP)');
  await expect.poll(async () => (await shapes()).length, 'bodies everywhere in the slab').toBe(0);
  await choose(page, 'Maximum (MIP)');
  await expect.poll(async () => (await shapes()).length).toBe(2);
  await choose(page, 'Thin plane');
  await expect.poll(async () => (await shapes()).length, 'bodies in a thin plane').toBe(0);
});
