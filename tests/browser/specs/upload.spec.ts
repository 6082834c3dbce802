import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from '../support/axe';
import { expect, headCt, realData, test } from '../support/fixtures';
import type { Page } from '@playwright/test';

interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

async function choose(page: Page, files: string[] | Chosen[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload DICOM' }).click();
  await page.getByRole('menuitem', { name: /^Files or ZIP/ }).click();
  await (await chooser).setFiles(files);
}

const panel = (page: Page) => page.getByRole('region', { name: 'Uploads' });
const text = (name: string): Chosen => ({ name, mimeType: 'text/plain', buffer: Buffer.from('not an image') });

test('a head CT is uploaded by the button, and opened from there', async ({ page, system, shot }) => {
  const folder = realData('ct-head-ge');
  const files = (await readdir(folder)).map((name) => join(folder, name));
  await page.goto('/worklist/?ordering=-upload_date');
  await choose(page, files);
  await expect(panel(page)).toContainText(/28 (stored|already stored)/);
  // What analysers found may stand beside the images by now: a few objects more, each a series of its own.
  const counts = new RegExp(`HEAD\\d(${headCt.instances}|29|3\\d)`);
  await expect(page.getByRole('row').filter({ hasText: 'QMNx85rKkkg' })).toContainText(counts);
  await shot('upload');
  await expect(panel(page).getByRole('link', { name: 'Open study 1' })).toHaveAttribute(
    'href',
    `/viewer/${headCt.study}`,
  );
  await system.arrived(headCt.study, headCt.instances);
});

test('what is sent again is told apart, and each refusal has its reason', async ({ page, phantoms, seed, guard }) => {
  guard.allow(/^(answer|console): .*400.*\/dicom\/api\/upload\//);
  await seed('ruler');
  const folder = join(phantoms, 'ruler');
  const files = (await readdir(folder)).map((name) => join(folder, name));
  await page.goto('/worklist/');
  await choose(page, files);
  await expect(panel(page)).toContainText(`${files.length} already stored`);
  await choose(page, [text('notes.txt'), text('DICOMDIR')]);
  await expect(panel(page)).toContainText('2 refused');
  await panel(page)
    .getByRole('button', { name: /^All files/ })
    .click();
  await page.getByRole('option', { name: /^Refused and failed/ }).click();
  const refused = panel(page).getByRole('listitem').filter({ hasText: 'notes.txt' });
  await expect(refused).toContainText('Refused');
  await expect(refused).toContainText('not a DICOM Part 10 file');
  await expectAccessible(page, 'the uploads');
});

test('a failed upload is tried again', async ({ page, phantoms, seed, guard }) => {
  guard.allow(/^(request|console): .*\/dicom\/api\/upload\//);
  await seed('ruler');
  const [name = ''] = await readdir(join(phantoms, 'ruler'));
  await page.goto('/worklist/');
  await page.route('**/dicom/api/upload/', (route) => route.abort('connectionreset'), { times: 1 });
  await choose(page, [join(phantoms, 'ruler', name)]);
  await expect(panel(page)).toContainText('1 failed');
  await expect(panel(page)).toContainText('The server cannot be reached');
  await panel(page).getByRole('button', { name: 'Retry failed' }).click();
  await expect(panel(page)).toContainText('1 already stored');
});

test('files that are dropped are uploaded', async ({ page, guard }) => {
  guard.allow(/^(answer|console): .*400.*\/dicom\/api\/upload\//);
  await page.goto('/worklist/');
  await expect(page.getByRole('grid')).toBeVisible();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'dropped.txt'));
    return transfer;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await expect(page.getByText('Drop files, folders or ZIPs')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(panel(page).getByRole('listitem').filter({ hasText: 'dropped.txt' })).toContainText('Refused');
});
