import { Drawer, expectSaved, type Place } from '../support/drawing';
import { expect, test } from '../support/fixtures';
import { openSeries } from '../support/viewer';

interface Lengths {
  spacing: [number, number];
  lengths: { points: [Place, Place]; mm: number }[];
}

interface Angles {
  spacing: [number, number];
  angles: { points: [Place, Place, Place]; degrees: number }[];
}

const size = 256;

for (const [number, pixels] of ['square', 'oblong'].entries()) {
  test(`lengths on ${pixels} pixels read what geometry says`, async ({ page, seed, shot }) => {
    const ruler = await seed('ruler');
    const { spacing, lengths } = (ruler.truth as Record<string, Lengths>)[pixels] ?? { spacing: [1, 1], lengths: [] };
    await openSeries(page, ruler.study, ruler.series[number]);
    const drawer = new Drawer(page, size, size, spacing);
    await page.keyboard.press('m');
    for (const [index, { points, mm }] of lengths.entries()) {
      await drawer.drag(...points);
      await expect(drawer.texts).toHaveCount(index + 1);
      expect(Math.abs((await drawer.reads(/([\d.,]+)\u202fmm/)) - mm)).toBeLessThanOrEqual(Math.max(...spacing));
    }
    await expectSaved(page);
    await shot(`viewer-lengths-${pixels}`);
  });

  test(`angles on ${pixels} pixels are those of the patient`, async ({ page, seed }) => {
    const phantom = await seed('angles');
    const { spacing, angles } = (phantom.truth as Record<string, Angles>)[pixels] ?? { spacing: [1, 1], angles: [] };
    await openSeries(page, phantom.study, phantom.series[number]);
    const drawer = new Drawer(page, size, size, spacing);
    await page.keyboard.press('q');
    for (const { points, degrees } of angles) {
      const [from, apex, to] = points;
      await drawer.drag(from, apex);
      await drawer.press(to);
      await expect.poll(async () => Math.abs((await drawer.reads(/([\d.,]+)°/)) - degrees)).toBeLessThanOrEqual(1.5);
    }
  });
}

test('an ellipse tells area and brightness, survives a reload, and is seen by others, who cannot change it', async ({
  page,
  openAs,
  seed,
  shot,
}) => {
  const disc = await seed('disc');
  await openSeries(page, disc.study, disc.series[0]);
  const drawer = new Drawer(page, size, size, [0.5, 0.5]);
  await page.keyboard.press('e');
  await drawer.drag([128, 128], [158, 158]);
  expect(await drawer.reads(/Mean ([\d.]+) ± 10\.0\u202fHU/)).toBeCloseTo(60, 0);
  expect(Math.abs((await drawer.reads(/Area ([\d.,]+)/)) - Math.PI * 15 ** 2)).toBeLessThan(15);
  await expectSaved(page);
  await shot('viewer-ellipse');

  await page.reload();
  await drawer.pane.shows();
  expect(await drawer.reads(/Mean ([\d.]+)/)).toBeCloseTo(60, 0);

  const other = await openAs('ravi');
  await openSeries(other, disc.study, disc.series[0]);
  const seen = new Drawer(other, size, size, [0.5, 0.5]);
  expect(await seen.reads(/Mean ([\d.]+)/)).toBeCloseTo(60, 0);
  await expect(seen.texts.filter({ hasText: 'Rita Radiologist' })).toHaveCount(1);
  await other.getByRole('button', { name: 'Measurements' }).click();
  await expect(other.locator('[data-annotation][data-foreign]')).toHaveCount(1);
});

test('two places that change the same annotation are asked which is right', async ({ page, openAs, seed, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED.*\/api\//); // one of them is offline for a while
  guard.allow(/409.*\/api\/annotations\//); // the conflict itself
  const disc = await seed('disc');
  await openSeries(page, disc.study, disc.series[0]);
  const drawer = new Drawer(page, size, size, [0.5, 0.5]);
  await page.keyboard.press('m');
  await drawer.drag([20, 240], [80, 240]);
  await expectSaved(page);
  const other = await openAs('rita');
  await openSeries(other, disc.study, disc.series[0]);
  const second = new Drawer(other, size, size, [0.5, 0.5]);
  await second.reads(/([\d.]+)\u202fmm/);

  await page.route('**/api/events/**', (route) => route.abort());
  await page.context().setOffline(true);
  await drawer.drag([80, 240], [100, 240]);
  await second.drag([80, 240], [80, 220]);
  await expectSaved(other);
  await page.context().setOffline(false);
  await expect(page.getByRole('dialog', { name: 'Changed in two places' })).toBeVisible({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Keep mine as new' }).click();
  await expectSaved(page);
});
