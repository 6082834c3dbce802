import { expect, test } from '../support/fixtures';
import { PaneProbe } from '../support/viewer';
import type { Page } from '@playwright/test';

/** What of a hostile study has become more than text: elements that only its strings could have made, or script that ran. */
async function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const made = [
      ...document.querySelectorAll('b, svg[onload], img[onerror], img[src="x"], script:not([src]), iframe'),
    ];
    const ran = '__hit' in window ? ['script ran'] : [];
    const control = [...document.body.innerText.matchAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g)].map(
      () => 'control character',
    );
    return [...made.map(({ tagName }) => tagName), ...ran, ...control];
  });
}

test('a study of hostile names is text in the worklist', async ({ page, seed, shot }) => {
  const { study } = await seed('hostile');
  await page.goto('/worklist/?date=any');
  await page.getByRole('searchbox').fill('script');
  const row = page.getByRole('row').filter({ hasText: '<script>hit()</script>' });
  await expect(row.first()).toBeVisible();
  await row.first().click();
  await expect(page.getByText('<img src=x onerror=window.__hit=2>').first()).toBeVisible();
  await shot('worklist-hostile');
  expect(await harm(page), study).toEqual([]);
});

test('a study of hostile names is text in the viewer', async ({ page, seed, shot }) => {
  const { study } = await seed('hostile');
  await page.goto(`/viewer/${study}`);
  await new PaneProbe(page).shows(0);
  await expect(page.getByText('<script>window.__hit=1</script>').first()).toBeVisible();
  await shot('viewer-hostile');
  expect(await harm(page)).toEqual([]);
});
