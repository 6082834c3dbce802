import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';

test.use({ user: 'admin' });

test('health, storage and the receiver are seen, and the receiver answers', async ({ page, shot }) => {
  await page.goto('/worklist/');
  await page.getByRole('link', { name: 'Administration' }).click();
  await expect(page.getByText('Healthy')).toBeVisible();
  await expect(page.getByText('RUST_SCP')).toBeVisible();
  await expect(page.getByRole('meter', { name: /^Storage is/ })).toBeVisible();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText(/^Noctis answered in/)).toBeVisible();
  await shot('admin');
});

test('a node is added, changed, removed and brought back', async ({ page }) => {
  await page.goto('/admin/#aeTitles');
  await page.getByRole('button', { name: 'Add a node' }).click();
  await page.getByLabel('AE title').fill('BROWSER_NODE');
  await page.getByLabel('Host').fill('127.0.0.1');
  await page.getByLabel('Port').fill('11999');
  await page.getByRole('button', { name: 'Save' }).click();
  const node = page.getByRole('row').filter({ hasText: 'BROWSER_NODE' });
  await expect(node).toContainText('127.0.0.1:11999');
  await node.getByRole('button', { name: 'Edit BROWSER_NODE' }).click();
  await page.getByLabel('Port').fill('11998');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(node).toContainText('127.0.0.1:11998');
  await node.getByRole('button', { name: 'Remove BROWSER_NODE' }).click();
  await expect(node).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node).toHaveCount(1);
  await node.getByRole('button', { name: 'Remove BROWSER_NODE' }).click();
  await expect(node).toHaveCount(0);
});

test('a node that does not answer says so', async ({ page, guard }) => {
  guard.allow(/^(answer|console): .*502.*\/dicom\/api\/scp\/test\//);
  await page.goto('/admin/#aeTitles');
  await page.getByRole('button', { name: 'Add a node' }).click();
  await page.getByLabel('AE title').fill('NOBODY');
  await page.getByLabel('Host').fill('127.0.0.1');
  await page.getByLabel('Port').fill('1');
  await page.getByRole('button', { name: 'Save' }).click();
  const node = page.getByRole('row').filter({ hasText: 'NOBODY' });
  await node.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText(/^NOBODY did not answer/)).toBeVisible();
  await node.getByRole('button', { name: 'Remove NOBODY' }).click();
  await expect(node).toHaveCount(0);
});

for (const theme of ['dark', 'light'])
  test(`each part is accessible in the ${theme} theme`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('noctis.theme', name), theme);
    await page.goto('/admin/');
    for (const name of [
      'Overview',
      'Analyses and reports',
      'HU calibration',
      'Quarantine',
      'Jobs',
      'DICOM nodes',
      'Routing',
    ]) {
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tabpanel', { name })).toBeVisible();
      await expect(page.getByRole('progressbar')).toHaveCount(0);
      await expectAccessible(page, `${name}, ${theme}`);
    }
  });

test.describe('whoever may not manage', () => {
  test.use({ user: 'rita' });

  test('has no way there', async ({ page }) => {
    await page.goto('/worklist/');
    await expect(page.getByRole('link', { name: 'Worklist' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0);
    await page.goto('/admin/');
    await expect(page.getByRole('alert')).toContainText('Your role may not manage the system');
  });
});
