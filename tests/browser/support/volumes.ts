import type { Page } from '@playwright/test';
import type { Phantom } from './phantoms';
import type { Extent, Picture } from './pixels';
import { PaneProbe } from './viewer';

/** Opens a study in the viewer and shows its first series as a volume by a key. */
export async function openVolume(page: Page, { study }: Phantom, key: string): Promise<void> {
  await page.goto(`/viewer/${study}`);
  await new PaneProbe(page).shows();
  await page.keyboard.press(key);
}

/** Returns the pane that shows this plane, once there is a picture in it. */
export async function paneOf(page: Page, orientation: string): Promise<PaneProbe> {
  const viewport = page.locator(`[data-orientation="${orientation}"]`).last();
  const pane = new PaneProbe(page, (await viewport.getAttribute('data-viewport')) ?? '');
  await pane.shows();
  return pane;
}

/** Millimetres that a pixel of a pane's canvas takes, as its ruler says. */
export async function millimetresPerPixel({ page, viewport }: PaneProbe): Promise<number> {
  const pane = page.locator('[data-pane]').filter({ has: viewport });
  const ruler = pane.locator('[data-millimetres]');
  const bar = await ruler.locator('span').first().boundingBox();
  return Number(await ruler.getAttribute('data-millimetres')) / (bar?.width ?? Number.NaN);
}

/** A shape in mm: its width and height, and how far its middle lies right of and below that of the canvas. */
export interface Measured {
  width: number;
  height: number;
  x: number;
  y: number;
}

export function measure({ left, top, right, bottom }: Extent, { width, height }: Picture, scale: number): Measured {
  return {
    width: (right - left) * scale,
    height: (bottom - top) * scale,
    x: ((left + right - width) / 2) * scale,
    y: ((top + bottom - height) / 2) * scale,
  };
}
