import { expect, test } from '../support/fixtures';
import { shapesOf, type Rgba } from '../support/pixels';
import { PaneProbe } from '../support/viewer';
import { measure, millimetresPerPixel, openVolume, type Measured } from '../support/volumes';

/** Hot iron at SUV 5 of 8 over bone, and at SUV 1 over soft tissue. */
const isHot = ([red, green, blue]: Rgba) => red > 200 && red - blue > 100 && green > 50;
const isGrey = ([red, green, blue]: Rgba) => Math.max(red, green, blue) - Math.min(red, green, blue) < 8;
const isBone = (pixel: Rgba) => isGrey(pixel) && pixel[0] > 200;
/** A PET is shown dark on white. */
const isDark = (pixel: Rgba) => isGrey(pixel) && pixel[0] > 20 && pixel[0] < 128;

interface Sphere {
  centre: [number, number, number];
  radius: number;
}

/** The only shape of these pixels in a pane, in mm. */
async function sphereIn(pane: PaneProbe, isPart: (pixel: Rgba) => boolean, what: string): Promise<Measured> {
  await pane.shows();
  let picture = await pane.settled();
  const shapes = () => shapesOf(picture, isPart, 2000);
  await expect
    .poll(async () => {
      picture = await pane.settled();
      return shapes().length;
    }, what)
    .toBe(1);
  const [shape] = shapes();
  if (shape === undefined) throw new Error(`no ${what}`);
  return measure(shape, picture, await millimetresPerPixel(pane));
}

test('PET lies in colours where it belongs on its CT', async ({ page, seed, shot }) => {
  const phantom = await seed('fusion');
  const { centre, radius } = phantom.truth['sphere'] as Sphere;
  await openVolume(page, phantom, 'Shift+F');
  await expect(page.getByRole('img', { name: 'PT 2 over CT 1' })).toHaveAttribute('data-image-id', /./);
  for (const { id, isPart, what } of [
    { id: 'pane-0', isPart: isBone, what: 'bone in the CT' },
    { id: 'pane-1', isPart: isDark, what: 'uptake in the PET' },
    { id: 'pane-2', isPart: isHot, what: 'hot colours' },
  ]) {
    const pane = new PaneProbe(page, id);
    const { x, y, width, height } = await sphereIn(pane, isPart, what);
    // The panes' middle is that of the CT, at −0.4 mm in x and y; a pixel of the PET has 1.6 mm.
    expect(Math.hypot(x - (centre[0] + 0.4), y - (centre[1] + 0.4)), `${what}: from the sphere's middle`).toBeLessThan(
      1.2,
    );
    expect(Math.abs(width - 2 * radius), `${what}: width`).toBeLessThan(1.6);
    expect(Math.abs(height - 2 * radius), `${what}: height`).toBeLessThan(1.6);
  }
  await shot('viewer-fusion');
});
