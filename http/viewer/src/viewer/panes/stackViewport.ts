import { cache, Enums, eventTarget, StackViewport, type Types } from '@cornerstonejs/core';
import { renderingEngine, stackOf } from '../cornerstone/engine';
import { joinToolGroup, leaveToolGroup } from '../cornerstone/toolGroups';
import { startPrefetch, stopPrefetch } from '../cornerstone/prefetch';
import { leadOthers } from '../links/links';
import { takeWantedWindow } from '../windows/wantedWindows';
import { applyFirstWindow } from '../windows/firstWindow';
import { describeStack } from './describeStack';
import { markFirstImage, markSlice } from './marks';
import { notePaneView, paneView } from './paneView';
import { reasonOf } from './failureReason';

const { Events, ViewportType } = Enums;
/** Which series each pane's stack is of, so that more images of the same series keep the position. */
const hung = new Map<string, { series: string; imageIds: readonly string[] }>();

function note(pane: string): void {
  const viewport = stackOf(pane);
  if (viewport !== undefined) notePaneView(pane, describeStack(viewport));
}

/** Makes a pane's viewport; the returned function takes it away. */
export function mountStack(pane: string, element: HTMLDivElement): () => void {
  const engine = renderingEngine();
  engine.enableElement({
    viewportId: pane,
    element,
    type: ViewportType.STACK,
    defaultOptions: { background: [0, 0, 0] },
  });
  const rendered = () => {
    const before = paneView(pane).imageId;
    note(pane);
    const { imageId } = paneView(pane);
    if (imageId !== null) markFirstImage();
    if (imageId !== before) markSlice();
  };
  const scrolled = () => startPrefetch(pane);
  const failed = (event: Event) => showFailure(pane, event);
  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener(Events.IMAGE_RENDERED, rendered, { signal });
  element.addEventListener(Events.STACK_NEW_IMAGE, scrolled, { signal });
  leadOthers(pane, element, signal);
  eventTarget.addEventListener(Events.IMAGE_LOAD_ERROR, failed);
  return () => {
    controller.abort();
    eventTarget.removeEventListener(Events.IMAGE_LOAD_ERROR, failed);
    stopPrefetch(pane);
    hung.delete(pane);
    leaveToolGroup('stack', pane);
    engine.disableElement(pane);
    notePaneView(pane, null);
  };
}

function showFailure(pane: string, event: Event): void {
  const { imageId, error } = (event as CustomEvent<{ imageId: string; error: unknown }>).detail;
  const viewport = stackOf(pane);
  if (viewport?.getCurrentImageId() === imageId) notePaneView(pane, { imageId: null, failure: reasonOf(error) });
}

/** Where a stack opens: at its first image, or in its middle as cross sections do. */
function opening(pane: string, series: string, imageIds: readonly string[]): number {
  const before = hung.get(pane);
  if (before?.series !== series) return 0;
  const shown = stackOf(pane)?.getCurrentImageId();
  return Math.max(0, shown === undefined ? 0 : imageIds.indexOf(shown));
}

/** Shows these images of a series in a pane; more of the series that it shows keep the position and the view. */
export function hangStack(pane: string, series: string, imageIds: readonly string[]): void {
  const viewport = stackOf(pane);
  if (viewport === undefined || imageIds.length === 0) return;
  const isSame = hung.get(pane)?.series === series;
  const index = opening(pane, series, imageIds);
  const kept = isSame ? viewOf(viewport) : undefined;
  hung.set(pane, { series, imageIds });
  if (!isSame) notePaneView(pane, { imageId: null, failure: null, count: imageIds.length, index });
  // Only now, since tools fail on a viewport without images.
  joinToolGroup('stack', pane);
  void viewport.setStack([...imageIds], index).then(() => {
    if (viewport.getCornerstoneImage() as Types.IImage | undefined) {
      if (kept === undefined) applyFirstWindow(viewport, takeWantedWindow(pane));
      else restore(viewport, kept);
    }
    viewport.render();
    startPrefetch(pane);
  });
}

interface KeptView {
  properties: Types.StackViewportProperties;
  presentation: Types.ViewPresentation;
}

function viewOf(viewport: StackViewport): KeptView {
  return { properties: viewport.getProperties(), presentation: viewport.getViewPresentation() };
}

function restore(viewport: StackViewport, { properties, presentation }: KeptView): void {
  const { voiRange, invert, interpolationType } = properties;
  viewport.setProperties({
    ...(voiRange && { voiRange }),
    ...(invert !== undefined && { invert }),
    ...(interpolationType !== undefined && { interpolationType }),
  });
  viewport.setViewPresentation(presentation);
}

/** Tries to load the image that a pane could not show once more. */
export async function retryImage(pane: string): Promise<void> {
  const viewport = stackOf(pane);
  if (viewport === undefined || paneView(pane).failure === null) return;
  const imageId = viewport.getCurrentImageId();
  if (cache.getImageLoadObject(imageId) !== undefined) cache.removeImageLoadObject(imageId);
  notePaneView(pane, { failure: null });
  await viewport.setStack([...viewport.getImageIds()], viewport.getCurrentImageIdIndex());
}
