import { expect, headCt, realData, test } from '../support/fixtures';
import { Ohif } from '../support/ohif';
import { readCanvas } from '../support/pixels';

test.use({ user: null });

test('OHIF lists the studies and opens one from /dicom-web/', async ({ browser, system, shot }) => {
  const folder = realData('ct-head-ge');
  await system.send(folder);
  const ohif = await Ohif.start(system);
  // What OHIF says to its console is its own affair, so this page has no guard.
  const context = await browser.newContext({ baseURL: ohif.url, viewport: { width: 1400, height: 900 } });
  const refused: string[] = [];
  context.on('response', (response) => {
    if (response.url().includes('/dicom-web') && response.status() >= 400) refused.push(response.url());
  });
  try {
    const page = await context.newPage();
    await page.goto('/');
    const row = page.getByRole('row').filter({ hasText: 'CT' }).first();
    await expect(row).toBeVisible({ timeout: 30_000 });
    await shot('ohif-list', page);
    await page.goto(`/viewer?StudyInstanceUIDs=${headCt.study}`);
    const canvas = page.locator('.cornerstone-canvas').first();
    await expect(canvas).toBeVisible({ timeout: 30_000 });
    await expect
      .poll(async () => new Set((await readCanvas(canvas)).rgba).size, { timeout: 30_000 })
      .toBeGreaterThan(100);
    await shot('ohif-image', page);
    expect(refused).toEqual([]);
  } finally {
    await context.close();
    await ohif.stop();
  }
});
