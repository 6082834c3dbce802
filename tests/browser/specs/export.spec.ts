import { expect, test } from '../support/fixtures';
import { openSeries } from '../support/viewer';

test('the picture, the archive without identity, and the print can be had', async ({ page, seed, shot }) => {
  const disc = await seed('disc');
  await openSeries(page, disc.study, disc.series[0]);
  await page.keyboard.press('Control+s');
  await shot('viewer-export');
  const saved = (name: string) =>
    Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
  const [picture] = await saved('Save the picture');
  expect(picture.suggestedFilename()).toBe('noctis.png');
  const [archive] = await saved('Study without identity');
  expect(archive.suggestedFilename()).toMatch(/\.zip$/);
  expect(archive.suggestedFilename()).not.toContain(disc.study);
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.keyboard.press('Control+p');
  await page.getByRole('dialog').getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('body[data-printed]')).toHaveCount(1);
  await expect(page.locator('figcaption').first()).toContainText('Disc, Phantom');
});
