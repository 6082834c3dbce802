import { expect, test } from '../support/fixtures';
import { shapesOf, type Extent, type Rgba } from '../support/pixels';
import { PaneProbe } from '../support/viewer';
import { openVolume } from '../support/volumes';

const isLit = ([red, green, blue]: Rgba) => red + green + blue > 60;

/** The lit shapes, once there are so many; rays may be cast for every second pixel only, or fewer. */
async function litShapes(pane: PaneProbe, count: number): Promise<Extent[]> {
  let shapes: Extent[] = [];
  await expect.poll(async () => (shapes = shapesOf(await pane.settled(), isLit, 20)).length, 'lit shapes').toBe(count);
  return shapes;
}

const sizeOf = ({ left, right, top, bottom }: Extent) => ({ width: right - left, height: bottom - top });

test('a rendered volume shows its bodies as large as they are', async ({ page, seed }) => {
  // The processor casts the rays here: a small pane is quick.
  await page.setViewportSize({ width: 620, height: 440 });
  await openVolume(page, await seed('volume'), 'Alt+m');
  const pane = new PaneProbe(page, 'pane-3');
  await pane.canvas.waitFor();

  const [sphere, box] = (await litShapes(pane, 2)) as [Extent, Extent];
  // From the sphere's right side to the box's left one: 85 mm.
  const scale = 85 / (box.right - sphere.left);
  const [ball, block] = [sizeOf(sphere), sizeOf(box)];
  const error = Math.max(2 * scale, 2);
  expect(Math.abs(ball.width * scale - 50), 'width of the sphere').toBeLessThan(error);
  // Its first and last slice are empty.
  expect(Math.abs(ball.height * scale - 46), 'height of the sphere').toBeLessThan(error);
  expect(Math.abs(block.width * scale - 20), 'width of the box').toBeLessThan(error);
  expect(Math.abs(block.height * scale - 40), 'height of the box').toBeLessThan(error);

  // From the left the box lies before the sphere: together 60 mm wide, as high as the sphere.
  await page.getByRole('button', { name: 'From the left' }).click();
  const [both] = (await litShapes(pane, 1)) as [Extent];
  const { width, height } = sizeOf(both);
  expect(Math.abs((height / width) * 60 - 46), 'height from the left').toBeLessThan((2 * 60) / width + 1);
});
