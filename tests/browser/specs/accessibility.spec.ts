import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { PaneProbe } from '../support/viewer';

for (const theme of ['dark', 'light'] as const) {
  test.describe(`axe finds nothing, ${theme} theme`, () => {
    test.beforeEach(async ({ context }) => {
      await context.addInitScript((chosen) => {
        if (location.protocol === 'http:') localStorage.setItem('noctis.theme', chosen);
      }, theme);
    });

    test('login', async ({ page, context, guard }) => {
      guard.allow(/401.*\/api\/auth\/session\//); // nobody is logged in yet
      await context.clearCookies();
      await page.goto('/login/');
      await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
      await expectAccessible(page, 'login');
    });

    test('worklist', async ({ page, seed, shot }) => {
      const { patient_name } = await seed('ruler');
      await page.goto('/worklist/');
      await page.getByRole('searchbox').fill(patient_name.split('^')[0] ?? '');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      await expect(page.locator('[data-stale]')).toHaveCount(0);
      await expectAccessible(page, 'worklist');
      await shot(`worklist-${theme}`);
    });

    test('viewer', async ({ page, seed, shot }) => {
      const { study } = await seed('segmentation');
      await page.goto(`/viewer/${study}`);
      await new PaneProbe(page).shows();
      await expectAccessible(page, 'viewer');
      await shot(`viewer-${theme}`);
    });

    test('reports and administration', async ({ openAs }) => {
      const page = await openAs('admin');
      for (const place of ['reports', 'admin']) {
        await page.goto(`/${place}/`);
        await expect(page.getByRole('main')).toBeVisible();
        await expectAccessible(page, place);
      }
    });
  });
}
