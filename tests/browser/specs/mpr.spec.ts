import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import type { Phantom } from '../support/phantoms';
import { shapesOf } from '../support/pixels';
import type { PaneProbe } from '../support/viewer';
import { measure, millimetresPerPixel, openVolume, paneOf, type Measured } from '../support/volumes';

type Pair = readonly [number, number];
type Planes = readonly [axial: PaneProbe, sagittal: PaneProbe, coronal: PaneProbe];

/** mm: of the phantoms' pixels, and from slice to slice. */
const pixel = 0.8;
const slice = 2.5;

async function openPlanes(page: Page, phantom: Phantom): Promise<Planes> {
  await openVolume(page, phantom, 'Shift+M');
  const plane = (orientation: string) => paneOf(page, orientation);
  return Promise.all([plane('axial'), plane('sagittal'), plane('coronal')]);
}

/** Goes to the plane at this place of a stack of planes (from 0). */
async function goTo(pane: PaneProbe, index: number): Promise<void> {
  const slider = pane.page
    .locator('[data-pane]')
    .filter({ has: pane.viewport })
    .getByRole('slider', { name: 'Position in the series' });
  await slider.fill(String(index + 1));
  await pane.shows(index);
}

/** What a plane shows brighter than the middle of its window, from left to right, in mm. */
async function shapesIn(pane: PaneProbe): Promise<Measured[]> {
  const picture = await pane.settled();
  const scale = await millimetresPerPixel(pane);
  return shapesOf(picture, ([red]) => red >= 128).map((shape) => measure(shape, picture, scale));
}

function expectNear(found: number | undefined, expected: number, error: number, what: string): void {
  const difference = Math.abs((found ?? Number.NaN) - expected);
  expect(difference, `${what}: ${found?.toFixed(1)} mm, not ${expected.toFixed(1)}`).toBeLessThan(error);
}

function expectSize(shape: Measured | undefined, [width, height]: Pair, [across, down]: Pair): void {
  expectNear(shape?.width, width, across, 'width');
  expectNear(shape?.height, height, down, 'height');
}

/** Expects the second body as far right of and below the first as it is in the patient. */
function expectApart([one, other]: Measured[], [right, down]: Pair, [across, along]: Pair): void {
  expectNear((other?.x ?? Number.NaN) - (one?.x ?? 0), right, across, 'from left to right');
  expectNear((other?.y ?? Number.NaN) - (one?.y ?? 0), down, along, 'from top to bottom');
}

/** The diameter of the circle that a plane cuts from a sphere. */
const circle = (radius: number, distance: number) => 2 * Math.sqrt(radius ** 2 - distance ** 2);

test.beforeEach(({ page }) => page.setViewportSize({ width: 1900, height: 640 }));

test('three planes show bodies where and as large as they are', async ({ page, seed, shot }) => {
  const [axial, sagittal, coronal] = await openPlanes(page, await seed('volume'));
  await shot('viewer-mpr');
  const axialShapes = await shapesIn(axial);
  expectSize(axialShapes[0], [50, 50], [2 * pixel, 2 * pixel]);
  expectSize(axialShapes[1], [20, 40], [2 * pixel, 2 * pixel]);
  expectApart(axialShapes, [50, -15], [pixel, pixel]);

  // The sphere's first and last slice are empty but for a pixel: it seems up to two slices lower than it is.
  const coronalShapes = await shapesIn(coronal);
  expectSize(coronalShapes[0], [circle(25, 5.4), circle(25, 5.4)], [2 * pixel, 2 * slice]);
  expectSize(coronalShapes[1], [20, 40], [2 * pixel, slice]);
  expectApart(coronalShapes, [50, 0], [pixel, slice]);

  // x = −20 mm, the middle of the sphere; then x = 29.6 mm, in the box.
  await goTo(sagittal, 39);
  const [sphere] = await shapesIn(sagittal);
  expectSize(sphere, [50, 50], [2 * pixel, 2 * slice]);
  await goTo(sagittal, 101);
  const [box] = await shapesIn(sagittal);
  expectSize(box, [40, 40], [2 * pixel, slice]);
  expectNear((box?.x ?? Number.NaN) - (sphere?.x ?? 0), -15, pixel, 'from front to back');
  expectNear(box?.y, sphere?.y ?? Number.NaN, slice, 'from top to bottom');
});

test('planes of a tilted gantry are straightened, and say so', async ({ page, seed, shot }) => {
  const [axial, sagittal, coronal] = await openPlanes(page, await seed('tilted'));
  await expect(page.getByText('Resampled: gantry tilt 20.0°')).toHaveCount(3);
  await shot('viewer-mpr-tilted');
  const [axialShapes, sagittalShapes, coronalShapes] = [
    await shapesIn(axial),
    await shapesIn(sagittal),
    await shapesIn(coronal),
  ];
  // Where the box lies in one plane tells how far from the sphere's middle another plane is.
  const [y, z] = [-15 - (axialShapes[1]?.y ?? Number.NaN), coronalShapes[1]?.y ?? Number.NaN];
  expectSize(axialShapes[0], [circle(25, z), circle(25, z)], [2 * pixel, slice]);
  expectSize(axialShapes[1], [20, 40], [2 * pixel, slice]);
  expectApart(axialShapes, [50, -15], [pixel, slice]);
  expectSize(coronalShapes[0], [circle(25, y), circle(25, y)], [2 * pixel, slice]);
  expectSize(coronalShapes[1], [20, 40], [2 * pixel, slice]);
  expectApart(coronalShapes, [50, 0], [pixel, slice]);
  expectSize(sagittalShapes[0], [circle(25, 20), circle(25, 20)], [slice, slice]);
});
