import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { readCanvas, shapesOf, type Extent, type Picture, type Rgba } from '../support/pixels';
import { PaneProbe } from '../support/viewer';
import { millimetresPerPixel, paneOf } from '../support/volumes';

const isBright = ([red]: Rgba) => red >= 128;
const isLaidOver = ([, , , alpha]: Rgba) => alpha > 0;

/** What is laid over a pane, once there are two bodies. */
async function layerOver({ viewport }: PaneProbe): Promise<{ layer: Picture; colours: Extent[] }> {
  const canvas = viewport.locator('canvas.noctis-overlaid');
  let layer = await readCanvas(canvas);
  await expect
    .poll(async () => shapesOf((layer = await readCanvas(canvas)), isLaidOver).length, 'bodies laid over')
    .toBe(2);
  return { layer, colours: shapesOf(layer, isLaidOver) };
}

/** `#rrggbb` in the middle of a shape. */
function colourIn({ width, rgba }: Picture, { left, right, top, bottom }: Extent): string {
  const at = 4 * (Math.round((top + bottom) / 2) * width + Math.round((left + right) / 2));
  return `#${Buffer.from(rgba.subarray(at, at + 3)).toString('hex')}`;
}

const channels = (colour: string) => [...Buffer.from(colour.slice(1), 'hex')];

function expectSameColour(found: string, expected: string): void {
  // A translucent pixel of a canvas is kept multiplied by its opacity: what is read back is rounded.
  const differences = channels(found).map((channel, index) => Math.abs(channel - (channels(expected)[index] ?? -99)));
  expect(Math.max(...differences), `${found}, not ${expected}`).toBeLessThanOrEqual(6);
}

/** Expects each colour of the panel on its body in a plane; their edges may be this far (mm) apart. */
async function expectOnBodies(page: Page, orientation: string, [across, down]: readonly [number, number]) {
  const pane = await paneOf(page, orientation);
  const bodies = shapesOf(await pane.settled(), isBright);
  const { layer, colours } = await layerOver(pane);
  expect(bodies).toHaveLength(2);
  const scale = await millimetresPerPixel(pane);
  for (const [index, name] of ['Sphere', 'Box'].entries()) {
    const [colour, body] = [colours[index], bodies[index]];
    if (colour === undefined || body === undefined) throw new Error(`no ${name}`);
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const error = Math.abs(colour[side] - body[side]) * scale;
      const limit = side === 'left' || side === 'right' ? across : down;
      expect(error, `${side} of ${name}, ${orientation}`).toBeLessThan(limit);
    }
    expectSameColour(colourIn(layer, colour), await page.getByLabel(`Colour of ${name}`).inputValue());
  }
}

test.beforeEach(({ page }) => page.setViewportSize({ width: 1900, height: 640 }));

for (const { name, series, shot: picture } of [
  { name: 'segments of a segmentation', series: 1, shot: 'viewer-segmentation' },
  { name: 'regions of a structure set', series: 2, shot: 'viewer-structures' },
]) {
  test(`${name} lie on their bodies, in their colours`, async ({ page, seed, shot }) => {
    const phantom = await seed('segmentation');
    await page.goto(`/viewer/${phantom.study}`);
    await new PaneProbe(page).shows();
    await page.locator(`[data-series="${phantom.series[series] ?? ''}"]`).click();
    await expect(page.getByLabel('Colour of Sphere')).toBeVisible();
    await page.keyboard.press('Shift+M');
    // One pixel; one slice along the body.
    await expectOnBodies(page, 'axial', [0.8, 0.8]);
    await expectOnBodies(page, 'coronal', [0.8, 2.5]);
    await shot(picture);
  });
}

test('regions have the colours that their structure set gives them', async ({ page, seed }) => {
  const { study, series } = await seed('segmentation');
  await page.goto(`/viewer/${study}`);
  await new PaneProbe(page).shows();
  await page.locator(`[data-series="${series[2] ?? ''}"]`).click();
  await expect(page.getByLabel('Colour of Sphere')).toHaveValue('#ffc800');
  await expect(page.getByLabel('Colour of Box')).toHaveValue('#00c8ff');
});
