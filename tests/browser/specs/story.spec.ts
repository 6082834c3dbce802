import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, headCt, realData, test } from '../support/fixtures';
import { fromRoot } from '../support/paths';
import { compare, referenceOf } from '../support/reference';
import { logInByPage } from '../support/users';
import { PaneProbe } from '../support/viewer';

test.use({ user: null });

/** The head CT under UIDs and a name of its own, so that it arrives anew; returns its folder and its study's UID. */
async function newHeadCt(name: string): Promise<{ folder: string; study: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'noctis-story-'));
  const args = ['-B', '-m', 'phantoms.copy', realData('ct-head-ge'), folder, name];
  const { stdout } = await promisify(execFile)('/usr/bin/python3', args, { cwd: fromRoot('tests/browser') });
  return { folder, study: stdout.trim() };
}

test('log in, upload a head CT, watch it arrive, open it, and see its pixels', async ({
  page,
  guard,
  system,
  shot,
}) => {
  guard.allow(/401.*\/api\/auth\/session\//); // nobody is logged in yet
  const name = `Story${Date.now()}`;
  const { folder, study } = await newHeadCt(name);

  await page.goto('/');
  await logInByPage(page, 'rita');
  await expect(page).toHaveURL(/\/worklist\//);

  await page.getByRole('searchbox').fill(name);
  await expect(page.getByText('No study matches these filters.')).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload DICOM' }).click();
  const files = page.getByRole('menuitem', { name: /files/i });
  if (await files.isVisible()) await files.click();
  await (await chooser).setFiles((await readdir(folder)).map((file) => join(folder, file)));

  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await expect(row).toContainText(String(headCt.instances));
  await shot('worklist-arrived');
  await system.arrived(study, headCt.instances);

  await row.dblclick();
  await page.waitForURL(`**/viewer/${study}*`);
  const pane = new PaneProbe(page);
  await pane.shows(0);
  await expect(page.getByText(name).first()).toBeVisible();
  await pane.makeEven();
  await page.keyboard.press('0');
  const picture = await pane.settled();
  const { worst, compared } = compare(picture, await referenceOf(join(folder, '01.dcm'), 35, 100));
  expect(compared).toBe(512 * 512);
  expect(worst, 'grey levels off').toBeLessThanOrEqual(2);
  await shot('viewer-story');
});
