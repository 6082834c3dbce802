import { expect, type Locator, type Page } from '@playwright/test';
import { PaneProbe } from './viewer';

export type Place = readonly [column: number, row: number];

/** Draws on the image of a pane with the mouse, in the image's own coordinates (PS3.3 C.18.6). */
export class Drawer {
  readonly texts: Locator;

  constructor(
    readonly page: Page,
    readonly columns: number,
    readonly rows: number,
    /** mm from row to row, from column to column */
    readonly spacing: readonly [number, number],
    readonly pane = new PaneProbe(page),
  ) {
    this.texts = this.pane.viewport.locator('svg text');
  }

  private async toPage([column, row]: Place): Promise<[number, number]> {
    const box = await this.pane.canvas.boundingBox();
    if (box === null) throw new Error('the pane has no canvas');
    const [rowSpacing, columnSpacing] = this.spacing;
    const scale = Math.min(box.width / (this.columns * columnSpacing), box.height / (this.rows * rowSpacing));
    const x = box.x + box.width / 2 + (column - this.columns / 2) * columnSpacing * scale;
    const y = box.y + box.height / 2 + (row - this.rows / 2) * rowSpacing * scale;
    return [x, y];
  }

  /** Drags from the first place over the others. */
  async drag(...places: readonly Place[]): Promise<void> {
    const [first, ...rest] = await Promise.all(places.map((place) => this.toPage(place)));
    if (first === undefined) return;
    await this.page.mouse.move(...first);
    await this.page.mouse.down();
    for (const place of rest) await this.page.mouse.move(...place, { steps: 6 });
    await this.page.mouse.up();
  }

  /** Moves to a place and presses there. */
  async press(place: Place): Promise<void> {
    await this.page.mouse.move(...(await this.toPage(place)), { steps: 4 });
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  /** Waits for a text with this beginning and returns its first number. */
  async reads(pattern: RegExp): Promise<number> {
    const text = this.texts.filter({ hasText: pattern }).last();
    await expect(text).toBeVisible();
    const [, number = 'NaN'] = pattern.exec((await text.textContent()) ?? '') ?? [];
    return Number(number.replaceAll(',', ''));
  }
}

/** Waits until all annotations are saved. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('[role=status][data-status=saved]').first()).toBeVisible({ timeout: 10_000 });
}
