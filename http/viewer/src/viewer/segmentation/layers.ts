import { Enums, eventTarget } from '@cornerstonejs/core';
import { flatOf } from '../cornerstone/engine';
import { useViewer } from '../state';
import { cross, scale, subtract, unit, vectorAt } from '../study/vector';
import { drawOverlaid } from './draw';
import { useOverlaid } from './overlaid';
import type { PictureView } from './paint';

const className = 'noctis-overlaid';

type Flat = NonNullable<ReturnType<typeof flatOf>>;

function viewOf(viewport: Flat): PictureView | undefined {
  const { clientWidth: width, clientHeight: height } = viewport.element;
  const at = (x: number, y: number) => vectorAt(viewport.canvasToWorld([x, y]));
  const [origin, onRight, below] = [at(0.5, 0.5), at(100.5, 0.5), at(0.5, 100.5)];
  if (width < 2 || height < 2 || origin === undefined || onRight === undefined || below === undefined) return undefined;
  const right = scale(subtract(onRight, origin), 0.01);
  const down = scale(subtract(below, origin), 0.01);
  return { width, height, origin, right, down, normal: unit(cross(right, down)) };
}

function layerOf(element: HTMLDivElement): HTMLCanvasElement {
  const known = element.querySelector<HTMLCanvasElement>(`canvas.${className}`);
  if (known !== null) return known;
  const layer = document.createElement('canvas');
  layer.className = className;
  layer.setAttribute('aria-hidden', 'true');
  layer.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
  // Above the image, below the measurements, which Cornerstone draws into an svg.
  const image = element.querySelector('canvas');
  image?.after(layer);
  return layer;
}

function drawOver(pane: string): void {
  const viewport = flatOf(pane);
  if (viewport === undefined) return;
  const { shown } = useOverlaid.getState();
  const isDrawn = viewport.element.querySelector(`canvas.${className}`) !== null;
  const view = shown.length > 0 || isDrawn ? viewOf(viewport) : undefined;
  if (view === undefined) return;
  const layer = layerOf(viewport.element);
  if (layer.width !== view.width || layer.height !== view.height)
    [layer.width, layer.height] = [view.width, view.height];
  const context = layer.getContext('2d', { willReadFrequently: true });
  if (context !== null) drawOverlaid(context, view, viewport.getFrameOfReferenceUID(), shown);
}

function drawOverAll(): void {
  for (const { id, content } of useViewer.getState().panes)
    if (content.kind === 'stack' || content.kind === 'mpr' || content.kind === 'fusion') drawOver(id);
}

let started = false;

/** Draws what is laid over the images over each of them, from now on. */
export function startLayers(): void {
  if (started) return;
  started = true;
  const listen = (element: HTMLDivElement, pane: string) =>
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () => drawOver(pane));
  eventTarget.addEventListener(Enums.Events.ELEMENT_ENABLED, (event: Event) => {
    const { element, viewportId } = (event as CustomEvent<{ element: HTMLDivElement; viewportId: string }>).detail;
    listen(element, viewportId);
  });
  for (const { id } of useViewer.getState().panes) {
    const viewport = flatOf(id);
    if (viewport !== undefined) listen(viewport.element, id);
  }
  useOverlaid.subscribe(drawOverAll);
}
