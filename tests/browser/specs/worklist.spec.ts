import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { copyPhantom } from '../support/phantoms';

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

test('typing searches at the server, and the address keeps what was searched for', async ({ page, seed }) => {
  const ruler = await seed('ruler');
  await page.goto('/worklist/');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(ruler.patient_id);
  await expect(page).toHaveURL(new RegExp(`search=${ruler.patient_id}`));
  await expect(page.getByText(/^1–1 of 1$/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue(ruler.patient_id);
  await expect(row(page, ruler.patient_id)).toHaveCount(1);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/worklist\/$/);
});

test('filters that match nothing say so and can be cleared', async ({ page }) => {
  await page.goto('/worklist/?search=nobody-has-this-name&modality=CT');
  await expect(page.getByText('No study matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page).toHaveURL(/\/worklist\/$/);
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('filters are kept under a name and are there again in another browser', async ({ page, openAs }) => {
  await page.goto('/worklist/?modality=CT');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('All CTs');
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Keep' }).click();
  expect((await saved).ok()).toBe(true);
  const other = await openAs('rita');
  await other.goto('/worklist/');
  await other.getByRole('button', { name: 'Saved filters' }).click();
  await other.getByRole('button', { name: 'All CTs', exact: true }).click();
  await expect(other).toHaveURL(/modality=CT/);
});

test('the keys alone lead to a study', async ({ page, seed, guard }) => {
  // What the viewer asks for is not looked at here.
  guard.allow(/^(answer|console): .*404.*\/api\/preferences\//);
  const ruler = await seed('ruler');
  await page.goto(`/worklist/?search=${ruler.patient_id}`);
  await expect(row(page, ruler.patient_id)).toHaveCount(1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect(row(page, ruler.patient_id)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(row(page, ruler.patient_id)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(ruler.study);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/viewer/${ruler.study}`));
});

test('priority changes in place and for the others too', async ({ page, openAs, seed }) => {
  const ruler = await seed('ruler');
  const other = await openAs('ravi');
  await other.goto(`/worklist/?search=${ruler.patient_id}`);
  await page.goto(`/worklist/?search=${ruler.patient_id}`);
  await expect(row(other, ruler.patient_id)).toContainText('Routine');
  await row(page, ruler.patient_id)
    .getByRole('button', { name: /^Priority/ })
    .click();
  await page.getByRole('menuitemradio', { name: 'Urgent' }).click();
  await expect(row(page, ruler.patient_id)).toContainText('Urgent');
  await expect(row(other, ruler.patient_id)).toContainText('Urgent');
  await row(page, ruler.patient_id)
    .getByRole('button', { name: /^Priority/ })
    .click();
  await page.getByRole('menuitemradio', { name: 'Routine' }).click();
  await expect(row(other, ruler.patient_id)).toContainText('Routine');
});

test.describe('whoever may only look', () => {
  test.use({ user: 'vera' });

  test('finds nothing that changes, uploads or deletes', async ({ page, seed }) => {
    const ruler = await seed('ruler');
    await page.goto(`/worklist/?search=${ruler.patient_id}`);
    await row(page, ruler.patient_id).click();
    await expect(page.getByRole('button', { name: 'Open', exact: true })).toBeEnabled();
    for (const name of [/^Priority:/, /^Status:/, /^Upload/, /^Delete/])
      await expect(page.getByRole('button', { name })).toHaveCount(0);
  });
});

test('hostile names are text', async ({ page, seed, shot }) => {
  const hostile = await seed('hostile');
  await page.goto(`/worklist/?search=${hostile.patient_id}`);
  await row(page, hostile.patient_id).click();
  await expect(row(page, hostile.patient_id)).toContainText('<script>hit()</script>');
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('<img src=x');
  expect(await page.evaluate(() => '__hit' in window)).toBe(false);
  await shot('worklist-hostile');
});

test('a study that arrives appears, and grows, without a reload', async ({ page, system, phantoms }, info) => {
  const name = `live${Date.now()}`;
  const folder = join(phantoms, name);
  await copyPhantom(join(phantoms, 'ruler'), folder, name);
  const files = (await readdir(folder)).map((file) => join(folder, file));
  await page.goto('/worklist/?ordering=-upload_date');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  const images = (count: number) =>
    row(page, name.toUpperCase()).getByRole('gridcell', { name: `${count}`, exact: true });
  for (const [index, file] of files.entries()) {
    await system.send(file);
    const sent = Date.now();
    await expect(images(index + 1).last()).toBeVisible({ timeout: 3000 });
    info.annotations.push({ type: 'shown after', description: `${Date.now() - sent} ms` });
  }
  await expect(row(page, name.toUpperCase())).toContainText('Arriving');
});

test('new studies do not move the rows under a pointer at work', async ({ page, system, phantoms }) => {
  const name = `pointer${Date.now()}`;
  const folder = join(phantoms, name);
  await copyPhantom(join(phantoms, 'ruler'), folder, name);
  await page.goto('/worklist/?ordering=patient_name&page_size=25');
  const first = page.getByRole('row').nth(1);
  await expect(first).toBeVisible();
  await first.getByRole('button', { name: /^Priority/ }).click();
  await system.send(folder);
  await expect(page.getByText('1 new study')).toBeAttached();
  await page.keyboard.press('Escape');
  // Nobody is at work now: what changes next shows the new row too, and takes the button away.
  const button = page.getByRole('button', { name: '1 new study' });
  const arrived = row(page, name.toUpperCase());
  await expect(button.or(arrived).first()).toBeVisible();
  if (await button.isVisible()) await button.click({ timeout: 2000 }).catch(() => undefined);
  await expect(arrived).toBeVisible();
});

test('a study is deleted for a reason, and brought back', async ({ openAs, seed }) => {
  const ruler = await seed('ruler');
  const page = await openAs('admin');
  await page.goto(`/worklist/?search=${ruler.patient_id}`);
  await row(page, ruler.patient_id).click();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('sent for the wrong patient');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(row(page, ruler.patient_id)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, ruler.patient_id)).toHaveCount(1);
});

for (const theme of ['dark', 'light'])
  test(`the worklist is accessible in the ${theme} theme, wide and narrow`, async ({ page, seed, shot }) => {
    const ruler = await seed('ruler');
    await page.addInitScript((name) => localStorage.setItem('noctis.theme', name), theme);
    await page.goto('/worklist/');
    await row(page, ruler.patient_id).first().click();
    await expect(page.getByRole('listbox', { name: 'Series' })).toBeVisible();
    await expectAccessible(page, `the ${theme} worklist`);
    await shot(`worklist-${theme}`);
    await page.setViewportSize({ width: 375, height: 720 });
    await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
    await expectAccessible(page, `the ${theme} worklist on a telephone`);
    await shot(`worklist-narrow-${theme}`);
  });
