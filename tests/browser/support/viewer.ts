import { expect, type Locator, type Page } from '@playwright/test';
import { fitScale, readCanvas, type Picture } from './pixels';

/** What a viewer's pane shows, as a spec sees it. */
export class PaneProbe {
  readonly viewport: Locator;
  readonly canvas: Locator;

  constructor(
    readonly page: Page,
    pane = 'pane-0',
  ) {
    this.viewport = page.locator(`[data-viewport="${pane}"]`);
    this.canvas = this.viewport.locator('canvas').first();
  }

  /** Waits until an image is on the screen: the one at this position of its stack (from 0), where one is asked for. */
  async shows(index?: number): Promise<void> {
    await expect(this.viewport).toHaveAttribute('data-image-id', /./, { timeout: 30_000 });
    if (index !== undefined) await expect(this.viewport).toHaveAttribute('data-index', String(index));
  }

  /** The picture, once it has stopped changing. */
  async settled(): Promise<Picture> {
    let before = '';
    let picture: Picture | undefined;
    await expect
      .poll(async () => {
        picture = await readCanvas(this.canvas);
        const now = Buffer.from(picture.rgba).toString('base64');
        const same = now === before;
        before = now;
        return same;
      })
      .toBe(true);
    if (picture === undefined) throw new Error('no picture');
    return picture;
  }

  /** Sees to it that the canvas has even sides, so that at 1:1 image pixels lie on those of the screen. */
  async makeEven(): Promise<void> {
    const { width, height } = await readCanvas(this.canvas);
    const size = this.page.viewportSize() ?? { width: 1400, height: 900 };
    await this.page.setViewportSize({ width: size.width + (width % 2), height: size.height + (height % 2) });
    await expect.poll(async () => (await readCanvas(this.canvas)).height % 2).toBe(0);
  }

  /** Where a position of an image of square pixels that fills the pane lies on the page (CSS pixels). */
  async pointOf(columns: number, rows: number, column: number, row: number): Promise<{ x: number; y: number }> {
    const box = await this.canvas.boundingBox();
    if (box === null) throw new Error('the pane has no canvas');
    const scale = fitScale({ width: box.width, height: box.height, rgba: new Uint8Array() }, columns, rows);
    return {
      x: box.x + box.width / 2 + (column - columns / 2) * scale,
      y: box.y + box.height / 2 + (row - rows / 2) * scale,
    };
  }
}

/** Opens a study in the viewer and shows one of its series in the only pane. */
export async function openSeries(page: Page, study: string, series: string | undefined): Promise<PaneProbe> {
  await page.goto(`/viewer/${study}`);
  const pane = new PaneProbe(page);
  await pane.shows();
  await page.locator(`[data-series="${series ?? ''}"]`).click();
  await expect(pane.viewport).toHaveAttribute('data-image-id', new RegExp(`/series/${series ?? ''}/`));
  return pane;
}
