import { join } from 'node:path';
import { expect, headCt, realData, test } from '../support/fixtures';
import { fitScale, pixelAt } from '../support/pixels';
import { compare, referenceOf } from '../support/reference';
import { openSeries, PaneProbe } from '../support/viewer';

/** Files of the head CT in the order of their slices, as pydicom sorts them by Instance Number. */
const sliceFiles = { 0: '01.dcm', 14: '15.dcm' };

test('pixels on the screen are those that the stored values and the window give', async ({ page, system, shot }) => {
  const folder = realData('ct-head-ge');
  await system.send(folder);
  await page.goto(`/viewer/${headCt.study}`);
  const pane = new PaneProbe(page);
  await pane.shows(0);
  await pane.makeEven();
  await page.keyboard.press('0');
  for (const [index, file] of Object.entries(sliceFiles)) {
    while ((await pane.viewport.getAttribute('data-index')) !== index) {
      const at = Number(await pane.viewport.getAttribute('data-index'));
      await page.keyboard.press('ArrowDown');
      await pane.shows(at + 1);
    }
    const picture = await pane.settled();
    const [center = 0, width = 0] = ((await pane.viewport.getAttribute('data-window')) ?? '').split('/').map(Number);
    const { worst, compared } = compare(picture, await referenceOf(join(folder, file), center, width));
    expect(compared, `pixels of ${file}`).toBe(512 * 512);
    expect(worst, `grey levels off in ${file}`).toBeLessThanOrEqual(2);
  }
  await shot('viewer-ct-head');
});

/** The largest difference of two colours in any channel. */
function distance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, channel) => Math.abs(value - (other[channel] ?? NaN))));
}

for (const [number, kind] of [
  'RGB by pixel',
  'RGB by plane',
  'YBR_FULL',
  'palette',
  'palette of 8 bits',
  'large palette',
].entries()) {
  test(`colours are right: ${kind}`, async ({ page, seed }) => {
    const { study, series, truth } = await seed('colours');
    const { size, quadrants } = truth as { size: number; quadrants: [number, number, number][] };
    const pane = await openSeries(page, study, series[number]);
    const picture = await pane.settled();
    const lie = { columns: size, rows: size, scale: fitScale(picture, size, size) };
    for (const [quadrant, colour] of quadrants.entries()) {
      const middle = pixelAt(
        picture,
        lie,
        size / 4 + (quadrant % 2) * (size / 2),
        size / 4 + (quadrant >> 1) * (size / 2),
      );
      expect(distance(middle, colour), `quadrant ${quadrant}: ${String(middle)}`).toBeLessThanOrEqual(2);
    }
  });
}

for (const [name, window] of [
  ['inverse', [2048, 4096]],
  ['disc', [40, 400]],
] as const) {
  test(`grey levels of the phantom "${name}" are right at 1:1`, async ({ page, seed, phantoms }) => {
    const { study } = await seed(name);
    await page.goto(`/viewer/${study}`);
    const pane = new PaneProbe(page);
    await pane.shows(0);
    await pane.makeEven();
    await page.keyboard.press('0');
    await expect(pane.viewport).toHaveAttribute('data-window', window.join('/'));
    const picture = await pane.settled();
    const { worst, compared } = compare(
      picture,
      await referenceOf(join(phantoms, name, '01-0001.dcm'), ...(window as [number, number])),
    );
    expect(compared).toBe(256 * 256);
    expect(worst).toBeLessThanOrEqual(2);
  });
}

test('frames of an ultrasound are shown in their order', async ({ page, seed }) => {
  const { study, truth } = await seed('ultrasound');
  const { bits, bit_size: size, columns, rows } = truth as Record<string, number>;
  await page.goto(`/viewer/${study}`);
  const pane = new PaneProbe(page);
  for (let index = 0; index < 5; index += 1) {
    await pane.shows(index);
    const picture = await pane.settled();
    const lie = { columns: columns ?? 0, rows: rows ?? 0, scale: fitScale(picture, columns ?? 0, rows ?? 0) };
    let number = 0;
    for (let bit = 0; bit < (bits ?? 0); bit += 1) {
      const [level] = pixelAt(picture, lie, (bit + 0.5) * (size ?? 0), (size ?? 0) / 2);
      if (level > 128) number += 1 << bit;
    }
    expect(number).toBe(index + 1);
    await page.keyboard.press('ArrowDown');
  }
});
