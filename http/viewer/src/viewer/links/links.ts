import { Enums, type StackViewport } from '@cornerstonejs/core';
import { stackOf } from '../cornerstone/engine';
import { findSeries, useViewer, viewer } from '../state';
import { nearestImage } from './nearestImage';

/** Differences in position between stacks that share no frame of reference, by the two panes. */
const offsets = new Map<string, number>();
let isFollowing = false;

function others(pane: string): { id: string; viewport: StackViewport }[] {
  return viewer.get().panes.flatMap(({ id }) => {
    const viewport = id === pane ? undefined : stackOf(id);
    return viewport !== undefined && viewport.getImageIds().length > 0 ? [{ id, viewport }] : [];
  });
}

function modalityOf(pane: string): string | undefined {
  const { panes, studies } = viewer.get();
  const content = panes.find(({ id }) => id === pane)?.content;
  return content?.kind === 'stack' ? findSeries(studies, content.series)?.modality : undefined;
}

/** Does what follows from another pane, whose events then lead nowhere else. */
function follow(action: () => void): void {
  if (isFollowing) return;
  isFollowing = true;
  try {
    action();
  } finally {
    isFollowing = false;
  }
}

function followPosition(source: string, from: StackViewport): void {
  for (const { id, viewport } of others(source)) {
    const imageIds = viewport.getImageIds();
    const key = `${source} ${id}`;
    const wanted =
      nearestImage(from.getCurrentImageId(), imageIds) ?? from.getCurrentImageIdIndex() + (offsets.get(key) ?? 0);
    const index = Math.min(imageIds.length - 1, Math.max(0, wanted));
    if (index !== viewport.getCurrentImageIdIndex()) void viewport.setImageIdIndex(index);
  }
}

function followWindow(source: string, from: StackViewport): void {
  const { voiRange, invert } = from.getProperties();
  const modality = modalityOf(source);
  for (const { id, viewport } of others(source)) {
    if (modalityOf(id) !== modality || voiRange === undefined) continue;
    viewport.setProperties({ voiRange, ...(invert !== undefined && { invert }) });
    viewport.render();
  }
}

function followView(source: string, from: StackViewport): void {
  const { zoom, pan } = from.getViewPresentation({ zoom: true, pan: true });
  for (const { viewport } of others(source)) {
    viewport.setViewPresentation({ ...(zoom !== undefined && { zoom }), ...(pan && { pan }) });
    viewport.render();
  }
}

/** Notes how far apart stacks are, so that linked scrolling keeps the distance that the user has set. */
function noteOffsets(): void {
  offsets.clear();
  const stacks = others('');
  for (const { id: a, viewport: from } of stacks)
    for (const { id: b, viewport: to } of stacks)
      offsets.set(`${a} ${b}`, to.getCurrentImageIdIndex() - from.getCurrentImageIdIndex());
}

useViewer.subscribe(({ links }, before) => {
  if (links.scroll && !before.links.scroll) noteOffsets();
});

/** Lets the other panes follow this one in what the user has linked, while it is the active one. */
export function leadOthers(pane: string, element: HTMLElement, signal: AbortSignal): void {
  const lead = (link: keyof ReturnType<typeof viewer.get>['links'], how: typeof followView) => () => {
    const { links, activePane } = viewer.get();
    const from = stackOf(pane);
    if (links[link] && activePane === pane && from !== undefined) follow(() => how(pane, from));
  };
  element.addEventListener(Enums.Events.STACK_NEW_IMAGE, lead('scroll', followPosition), { signal });
  element.addEventListener(Enums.Events.VOI_MODIFIED, lead('window', followWindow), { signal });
  element.addEventListener(Enums.Events.CAMERA_MODIFIED, lead('view', followView), { signal });
}
