import { Enums, utilities, type StackViewport } from '@cornerstonejs/core';
import { frameData } from '../study/frameData';
import { addressOf } from '../study/imageIds';
import { text } from '../study/dicomJson';
import { instanceByUid } from '../study/instances';
import { presetById } from './presets';
import { percentileWindow, windowsOf, type Window } from './windows';

export function rangeOf({ center, width }: Pick<Window, 'center' | 'width'>): { lower: number; upper: number } {
  return utilities.windowLevel.toLowHighRange(width, center, Enums.VOILUTFunctionType.LINEAR);
}

/**
 * Gives a stack that was just hung what it begins with: the window of a preset for CT, a window by its values where the
 * header has none, PET in black on white.
 */
export function applyFirstWindow(viewport: StackViewport, presetId = ''): void {
  const image = viewport.getCornerstoneImage();
  const address = addressOf(image.imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  if (header === undefined || image.color) return;
  if (text(header, '00080060') === 'PT') viewport.setProperties({ invert: true });
  const preset = text(header, '00080060') === 'CT' ? presetById(presetId) : undefined;
  if (preset !== undefined) viewport.setProperties({ voiRange: rangeOf(preset) });
  if (preset !== undefined || windowsOf(frameData(header, address?.frame ?? 1)).length > 0) return;
  const window = percentileWindow(image.getPixelData());
  if (window !== undefined) viewport.setProperties({ voiRange: rangeOf(window) });
}
