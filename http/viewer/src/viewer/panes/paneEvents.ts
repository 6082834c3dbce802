import { toggleEnlarged } from '../commands/layoutCommands';
import { draggedSeries, isSeriesDrag, openSeries } from '../rail/openSeries';
import { viewer } from '../state';

function activate(pane: string): void {
  if (viewer.get().activePane !== pane) viewer.set({ activePane: pane });
}

function listenToDrags(frame: HTMLElement, pane: string, signal: AbortSignal): void {
  const mark = (isTarget: boolean) => frame.toggleAttribute('data-target', isTarget);
  frame.addEventListener(
    'dragover',
    (event) => {
      if (event.dataTransfer === null || !isSeriesDrag(event.dataTransfer)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  frame.addEventListener('dragleave', () => mark(false), { signal });
  frame.addEventListener(
    'drop',
    (event) => {
      mark(false);
      const series = event.dataTransfer === null ? undefined : draggedSeries(event.dataTransfer);
      if (series === undefined) return;
      event.preventDefault();
      activate(pane);
      openSeries(series, pane);
    },
    { signal },
  );
}

/** Makes a pane the active one when it is used, enlarges it by a double click, takes series that are dropped on it. */
export function listenToPane(frame: HTMLElement, pane: string): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  for (const kind of ['pointerdown', 'wheel', 'focusin'] as const)
    frame.addEventListener(kind, () => activate(pane), { signal, capture: true, passive: true });
  frame.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  frame.addEventListener('dblclick', toggleEnlarged, { signal });
  listenToDrags(frame, pane, signal);
  return () => controller.abort();
}
