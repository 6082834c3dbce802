import { utilities, type VolumeViewport } from '@cornerstonejs/core';
import { noView, type PaneView } from '../panes/paneView';
import { frameData } from '../study/frameData';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';
import { spacingOf } from '../study/spacing';
import { length, subtract, unit, vectorAt, type Vector } from '../study/vector';

function world(viewport: VolumeViewport, x: number, y: number): Vector {
  return vectorAt(viewport.canvasToWorld([x, y])) ?? [0, 0, 0];
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Millimetres from row to row in an image, which the zoom is told in. */
function rowSpacing(imageId: string): number | undefined {
  const address = addressOf(imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  return address && header && spacingOf(frameData(header, address.frame))?.row;
}

/** Returns what a plane through a volume shows; `imageId`: an image of the series, whose header tells whose it is. */
export function describeSlice(viewport: VolumeViewport, imageId: string): PaneView {
  const corner = world(viewport, 0, 0);
  const [right, down] = [subtract(world(viewport, 100, 0), corner), subtract(world(viewport, 0, 100), corner)];
  const scale = length(down) / 100;
  const { voiRange, invert = false } = viewport.getProperties() ?? {};
  const spacing = rowSpacing(imageId) ?? 1;
  const view: PaneView = {
    ...noView,
    imageId,
    index: viewport.getSliceIndex(),
    count: viewport.getNumberOfSlices(),
    isInverted: invert,
    zoom: scale > 0 ? spacing / scale : 1,
    isReformatted: true,
    right: unit(right),
    down: unit(down),
  };
  if (voiRange === undefined) return view;
  const { windowCenter, windowWidth } = utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper);
  return { ...view, window: { center: rounded(windowCenter), width: rounded(windowWidth) } };
}
