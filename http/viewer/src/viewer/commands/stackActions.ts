import type { StackViewport } from '@cornerstonejs/core';
import { activeStack, stackOf } from '../cornerstone/engine';
import { viewer } from '../state';
import { applyFirstWindow, rangeOf } from '../windows/firstWindow';

/** Changes the active stack and draws it. */
function change(how: (viewport: StackViewport) => void): void {
  const viewport = activeStack();
  if (viewport === undefined) return;
  how(viewport);
  viewport.render();
}

/** Shows an image of a pane's stack, counted from 0; beyond the ends, the end. */
export function goToImage(index: number, pane = viewer.get().activePane): void {
  const viewport = stackOf(pane);
  const last = (viewport?.getImageIds().length ?? 0) - 1;
  if (viewport !== undefined && last >= 0) void viewport.setImageIdIndex(Math.min(last, Math.max(0, index)));
}

/** Goes so many images on, or back. */
export function scrollBy(images: number): void {
  activeStack()?.scroll(images);
}

export function goToEnd(): void {
  goToImage(Infinity);
}

export function setWindow(center: number, width: number): void {
  change((viewport) => viewport.setProperties({ voiRange: rangeOf({ center, width }) }));
}

export function invert(): void {
  change((viewport) => viewport.setProperties({ invert: viewport.getProperties().invert !== true }));
}

/** Turns the image by so many degrees, clockwise. */
export function rotateBy(degrees: number): void {
  change((viewport) => {
    const { rotation = 0 } = viewport.getViewPresentation();
    viewport.setViewPresentation({ rotation: (rotation + degrees + 360) % 360 });
  });
}

export function flip(axis: 'flipHorizontal' | 'flipVertical'): void {
  change((viewport) => viewport.setCamera({ [axis]: viewport.getCamera()[axis] !== true }));
}

/** Shows the whole image. */
export function fit(): void {
  change((viewport) => {
    viewport.setZoom(1);
    viewport.setPan([0, 0]);
  });
}

/** Multiplies the size by `factor`. */
export function zoomBy(factor: number): void {
  change((viewport) => viewport.setZoom(viewport.getZoom() * factor));
}

/** Shows each image pixel on one pixel of the screen. */
export function showActualSize(): void {
  change((viewport) => {
    const [from, to] = [viewport.canvasToWorld([0, 0]), viewport.canvasToWorld([0, 1])];
    const perPixel = Math.hypot(...to.map((value, axis) => value - (from[axis] ?? 0)));
    const spacing = viewport.getCornerstoneImage().rowPixelSpacing;
    viewport.setZoom((viewport.getZoom() * perPixel) / spacing / window.devicePixelRatio);
  });
}

/** Takes back window, zoom, pan, rotation and flips. */
export function reset(): void {
  change((viewport) => {
    viewport.resetProperties();
    viewport.resetCamera();
    applyFirstWindow(viewport);
  });
}
