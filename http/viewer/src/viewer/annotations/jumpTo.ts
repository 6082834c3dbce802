import { BaseVolumeViewport } from '@cornerstonejs/core';
import { annotation as drawn } from '@cornerstonejs/tools';
import { renderingEngine, stackOf } from '../cornerstone/engine';
import { viewer } from '../state';
import { instanceByUid } from '../study/instances';
import { imageIdOf } from '../study/imageIds';
import { findDrawing } from './drawings';
import type { AnnotationContent } from './model';

/** Where an image is; frames count from 1. */
export interface ImagePlace {
  seriesUid: string;
  instanceUid: string;
  frame: number;
}

const patience = 10_000;

async function when<T>(find: () => T | undefined): Promise<T | undefined> {
  const end = performance.now() + patience;
  for (;;) {
    const found = find();
    if (found !== undefined || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Returns the pane to show images in: not the one with the document that leads to them. */
function paneBeside(active: string): string {
  const { panes } = viewer.get();
  const isDocument = panes.find(({ id }) => id === active)?.content.kind === 'document';
  if (!isDocument) return active;
  if (panes.length === 1) viewer.setLayout({ rows: 1, columns: 2 });
  return viewer.get().panes.find(({ id, content }) => id !== active && content.kind !== 'document')?.id ?? active;
}

/** Returns the pane that shows a series as a stack; the active one is made to, where none does. */
function paneFor(seriesUid: string): string {
  const { panes, activePane } = viewer.get();
  const shows = (pane: (typeof panes)[number]) => pane.content.kind === 'stack' && pane.content.series === seriesUid;
  const pane = panes.find((one) => one.id === activePane && shows(one)) ?? panes.find(shows);
  if (pane !== undefined) return pane.id;
  const free = paneBeside(activePane);
  viewer.show(free, { kind: 'stack', series: seriesUid });
  return free;
}

/** Shows an image in the pane that has its series, or else in the active one. Returns whether it could. */
export async function jumpToImage({ seriesUid, instanceUid, frame }: ImagePlace): Promise<boolean> {
  const instance = instanceByUid(instanceUid);
  if (instance === undefined) return false;
  const pane = paneFor(seriesUid);
  viewer.set({ activePane: pane });
  const imageId = imageIdOf(instance, frame);
  const found = await when(() => {
    const viewport = stackOf(pane);
    const index = viewport?.getImageIds().indexOf(imageId) ?? -1;
    return viewport === undefined || index < 0 ? undefined : { viewport, index };
  });
  await found?.viewport.setImageIdIndex(found.index);
  return found !== undefined;
}

/** Brings the planes of a volume that is shown to where the drawing lies; returns whether there are any. */
function jumpInVolumes(id: string): boolean {
  const metadata = findDrawing(id)?.metadata;
  const volumes = renderingEngine()
    .getViewports()
    .filter((viewport) => viewport instanceof BaseVolumeViewport)
    .filter((viewport) => viewport.getFrameOfReferenceUID() === metadata?.FrameOfReferenceUID);
  if (metadata === undefined) return false;
  for (const viewport of volumes) {
    viewport.setViewReference(metadata);
    viewport.render();
  }
  return volumes.length > 0;
}

/** Shows where an annotation is and selects it. */
export async function jumpToAnnotation(content: AnnotationContent): Promise<void> {
  const { id, space, series_instance_uid, sop_instance_uid, frame } = content;
  const isShown = space === 'patient' && jumpInVolumes(id);
  if (!isShown) await jumpToImage({ seriesUid: series_instance_uid, instanceUid: sop_instance_uid, frame });
  if (findDrawing(id) !== undefined) drawn.selection.setAnnotationSelected(id, true);
}
