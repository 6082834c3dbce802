import { join } from 'node:path';
import { expect, headCt, realData, test } from '../support/fixtures';
import { compare, referenceOf } from '../support/reference';
import { PaneProbe } from '../support/viewer';

/** Files of the head CT in the order of their slices, as pydicom sorts them by Instance Number. */
const sliceFiles = { 0: '01.dcm', 14: '15.dcm' };

test('pixels on the screen are those that the stored values and the window give', async ({ page, system, shot }) => {
  const folder = realData('ct-head-ge');
  await system.send(folder);
  await page.goto(`/viewer/${headCt.study}`);
  const pane = new PaneProbe(page);
  await pane.shows(0);
  await pane.makeEven();
  await page.keyboard.press('0');
  for (const [index, file] of Object.entries(sliceFiles)) {
    while ((await pane.viewport.getAttribute('data-index')) !== index) {
      const at = Number(await pane.viewport.getAttribute('data-index'));
      await page.keyboard.press('ArrowDown');
      await pane.shows(at + 1);
    }
    const picture = await pane.settled();
    const [center = 0, width = 0] = ((await pane.viewport.getAttribute('data-window')) ?? '').split('/').map(Number);
    const { worst, compared } = compare(picture, await referenceOf(join(folder, file), center, width));
    expect(compared, `pixels of ${file}`).toBe(512 * 512);
    expect(worst, `grey levels off in ${file}`).toBeLessThanOrEqual(2);
  }
  await shot('viewer-ct-head');
});
