import { utilities, type StackViewport, type Types } from '@cornerstonejs/core';
import { noView, type PaneView } from './paneView';

function direction(viewport: StackViewport, to: Types.Point2): number[] | null {
  const from = viewport.canvasToWorld([0, 0]);
  const there = viewport.canvasToWorld(to);
  const difference = there.map((value, axis) => value - (from[axis] ?? 0));
  const length = Math.hypot(...difference);
  return length > 0 ? difference.map((value) => value / length) : null;
}

/** Millimetres (or pixels, without spacing) of the image per CSS pixel of the screen. */
function unitsPerPixel(viewport: StackViewport): number {
  const from = viewport.canvasToWorld([0, 0]);
  const to = viewport.canvasToWorld([0, 100]);
  return Math.hypot(...to.map((value, axis) => value - (from[axis] ?? 0))) / 100;
}

/** Rounds as finely as the window's width deserves: wide ones to whole numbers. */
function rounded(value: number, width: number): number {
  const digits = width >= 20 ? 1 : 1000;
  return Math.round(value * digits) / digits;
}

/** Returns what a stack shows at this moment; its image is the one whose pixels were drawn. */
export function describeStack(viewport: StackViewport): Partial<PaneView> {
  const image = viewport.getCornerstoneImage() as Types.IImage | undefined;
  if (image === undefined || !viewport.hasImageId(image.imageId)) return { imageId: null };
  const { voiRange, invert = false } = viewport.getProperties();
  const index = viewport.getImageIds().indexOf(image.imageId);
  const view: PaneView = {
    ...noView,
    imageId: image.imageId,
    index,
    count: viewport.getImageIds().length,
    isInverted: invert,
    zoom: (image.rowPixelSpacing || 1) / unitsPerPixel(viewport),
    right: direction(viewport, [100, 0]),
    down: direction(viewport, [0, 100]),
  };
  if (image.color || voiRange === undefined) return view;
  const { windowCenter, windowWidth } = utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper);
  return { ...view, window: { center: rounded(windowCenter, windowWidth), width: rounded(windowWidth, windowWidth) } };
}
