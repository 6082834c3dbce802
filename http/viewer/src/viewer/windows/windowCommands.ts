import { Aperture, Contrast } from 'lucide-react';
import { activeStack } from '../cornerstone/engine';
import type { Command } from '../commands/command';
import { setWindow } from '../commands/stackActions';
import { activeShows } from '../commands/toolCommand';
import { paneView } from '../panes/paneView';
import { findSeries, viewer, type ViewerState } from '../state';
import { frameData } from '../study/frameData';
import { addressOf } from '../study/imageIds';
import { instanceByUid } from '../study/instances';
import { presets } from './presets';
import { percentileWindow, windowsOf, type Window } from './windows';

function activeModality({ panes, activePane, studies }: ViewerState): string | undefined {
  const content = panes.find(({ id }) => id === activePane)?.content;
  return content?.kind === 'stack' ? findSeries(studies, content.series)?.modality : undefined;
}

const isComputed = (state: ViewerState): boolean => activeModality(state) === 'CT';

/** The windows of the header of the image that the active pane shows. */
function ownWindows(): Window[] {
  const { imageId } = paneView(viewer.get().activePane);
  const address = imageId === null ? undefined : addressOf(imageId);
  const header = address && instanceByUid(address.instanceUid)?.data;
  return header === undefined ? [] : windowsOf(frameData(header, address?.frame ?? 1));
}

function showOwn(): void {
  const [first] = ownWindows();
  if (first === undefined) spread();
  else setWindow(first.center, first.width);
}

/** Takes the next of the header's windows, after the one that is shown. */
function showNext(): void {
  const windows = ownWindows();
  const shown = paneView(viewer.get().activePane).window;
  const at = windows.findIndex(({ center, width }) => center === shown?.center && width === shown.width);
  const next = windows[(at + 1) % Math.max(1, windows.length)];
  if (next !== undefined) setWindow(next.center, next.width);
}

/** Spreads the values of the image over the greys. */
function spread(): void {
  const image = activeStack()?.getCornerstoneImage();
  const window = image === undefined || image.color ? undefined : percentileWindow(image.getPixelData());
  if (window !== undefined) setWindow(window.center, window.width);
}

const common = { group: 'window', isAvailable: activeShows('stack') } as const;

/** Windows: the image's own, those for tissues, and one by the values. */
export const windowCommands: readonly Command[] = [
  { ...common, id: 'window.own', keys: '1', icon: Contrast, run: showOwn },
  { ...common, id: 'window.next', keys: 'n', run: showNext },
  { ...common, id: 'window.spread', keys: 'a', icon: Aperture, run: spread },
  ...presets.map(({ id, center, width, key }): Command => ({
    group: 'window',
    id: `window.${id}`,
    keys: key,
    isAvailable: isComputed,
    run: () => setWindow(center, width),
  })),
];
