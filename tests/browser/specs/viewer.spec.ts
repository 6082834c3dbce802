import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, headCt, realData, test } from '../support/fixtures';
import { PaneProbe } from '../support/viewer';

/** Opens the head CT and waits for its first image. */
async function openHead(page: Page): Promise<PaneProbe> {
  await page.goto(`/viewer/${headCt.study}`);
  const pane = new PaneProbe(page);
  await pane.shows(0);
  return pane;
}

/** The letter at an edge of a pane. */
function edge(page: Page, side: 'top' | 'right' | 'bottom' | 'left') {
  return page.locator(`[data-pane="pane-0"] [data-side="${side}"]`);
}

test.describe('a head CT', () => {
  test.beforeEach(async ({ system }) => {
    await system.send(realData('ct-head-ge'));
  });

  test('keys, wheel and the bar scroll through the stack', async ({ page }) => {
    const pane = await openHead(page);
    await page.keyboard.press('End');
    await pane.shows(27);
    await page.keyboard.press('ArrowUp');
    await pane.shows(26);
    await page.keyboard.press('PageUp');
    await pane.shows(16);
    await pane.viewport.hover();
    await page.mouse.wheel(0, -100);
    await pane.shows(15);
    await page.getByRole('slider', { name: 'Position in the series' }).fill('4');
    await pane.shows(3);
    await page.keyboard.press('Home');
    await pane.shows(0);
  });

  test('windows come by key and by dragging, and reset takes them back', async ({ page }) => {
    const pane = await openHead(page);
    const own = await pane.viewport.getAttribute('data-window');
    await page.keyboard.press('5');
    await expect(pane.viewport).toHaveAttribute('data-window', '-600/1500');
    await expect(page.getByText('W 1500 L -600')).toBeVisible();
    const { x, y } = await pane.pointOf(512, 512, 256, 256);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 40, { steps: 6 });
    await page.mouse.up();
    await expect(pane.viewport).not.toHaveAttribute('data-window', '-600/1500');
    await page.keyboard.press('Escape');
    await expect(pane.viewport).toHaveAttribute('data-window', own ?? '');
  });

  test('letters turn and flip with the image', async ({ page }) => {
    await openHead(page);
    await expect(edge(page, 'left')).toHaveText('R');
    await page.keyboard.press('h');
    await expect(edge(page, 'left')).toHaveText('L');
    await page.keyboard.press('h');
    await page.keyboard.press('r');
    await expect(edge(page, 'top')).toHaveText('R');
    await page.keyboard.press('Escape');
    await expect(edge(page, 'left')).toHaveText('R');
  });

  test('the layout and what is in it survive a reload', async ({ page }) => {
    await openHead(page);
    await page.keyboard.press('Control+Alt+2');
    await expect(page.locator('[data-pane]')).toHaveCount(2);
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-series]').first().click();
    await new PaneProbe(page, 'pane-1').shows();
    await page.reload();
    await new PaneProbe(page, 'pane-0').shows();
    await new PaneProbe(page, 'pane-1').shows();
  });

  test('a double click enlarges a pane and gives it back', async ({ page }) => {
    const pane = await openHead(page);
    await page.keyboard.press('Control+Alt+5');
    await expect(page.locator('[data-pane]:visible')).toHaveCount(4);
    await pane.viewport.dblclick();
    await expect(page.locator('[data-pane]:visible')).toHaveCount(1);
    await pane.viewport.dblclick();
    await expect(page.locator('[data-pane]:visible')).toHaveCount(4);
  });

  test('a series is dragged into a pane', async ({ page }) => {
    await openHead(page);
    await page.keyboard.press('Control+Alt+2');
    await page.locator('[data-series]').first().dragTo(page.locator('[data-pane="pane-1"]'));
    await new PaneProbe(page, 'pane-1').shows();
    await expect(page.locator('[data-pane="pane-1"]')).toHaveAttribute('data-active', 'true');
  });

  test('an arrangement becomes a hanging protocol of one’s own', async ({ page, shot }) => {
    const name = `Heads of ${Date.now()}`;
    await openHead(page);
    await page.getByRole('button', { name: 'Hanging protocols' }).click();
    await page.getByRole('button', { name: 'Save the arrangement as a protocol' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await shot('viewer-protocol');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(name, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await expect(page.getByText(name, { exact: true })).toBeHidden();
  });

  test('the viewer and its sheet of keys are accessible', async ({ page }) => {
    await openHead(page);
    await expectAccessible(page, 'viewer');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys and gestures' })).toBeVisible();
    await expectAccessible(page, 'keys');
  });

  test('the viewer works at 375 pixels', async ({ page, shot }) => {
    await page.setViewportSize({ width: 375, height: 700 });
    await openHead(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(375);
    await shot('viewer-narrow');
  });
});

test('an older study is opened beside the newer one, and both scroll together', async ({ page, seed, shot }) => {
  const old = await seed('prior-old');
  const recent = await seed('prior-new');
  await page.goto(`/viewer/${recent.study}?compare=${old.study}`);
  const [left, right] = [new PaneProbe(page, 'pane-0'), new PaneProbe(page, 'pane-1')];
  await left.shows(0);
  await right.shows(0);
  await expect(left.viewport).toHaveAttribute('data-image-id', new RegExp(recent.study));
  await expect(right.viewport).toHaveAttribute('data-image-id', new RegExp(old.study));
  await left.viewport.click();
  await page.keyboard.press('PageDown');
  await expect(left.viewport).not.toHaveAttribute('data-index', '0');
  await expect(right.viewport).not.toHaveAttribute('data-index', '0');
  await shot('viewer-compare');
});

test('images of different patients are told apart', async ({ page, system, seed }) => {
  await system.send(realData('ct-head-ge'));
  const ruler = await seed('ruler');
  await page.goto(`/viewer/${headCt.study}?compare=${ruler.study}`);
  await new PaneProbe(page, 'pane-0').shows();
  await new PaneProbe(page, 'pane-1').shows();
  await expect(page.getByText('Images of different patients')).toBeVisible();
});

test('a cine loop plays and shows its rate', async ({ page, seed }) => {
  const { study } = await seed('ultrasound');
  await page.goto(`/viewer/${study}`);
  const pane = new PaneProbe(page);
  await pane.shows();
  await page.keyboard.press(' ');
  const bar = page.locator('[data-shown-rate]');
  await expect.poll(async () => Number(await bar.getAttribute('data-shown-rate'))).toBeGreaterThan(1);
  await page.keyboard.press(' ');
  await expect(bar.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a study that is not there says so', async ({ page }) => {
  await page.goto('/viewer/1.2.3.4.5');
  await expect(page.getByRole('heading', { name: 'There is no such study' })).toBeVisible();
  await expectAccessible(page, 'no study');
});
