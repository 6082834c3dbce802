import { Enums, type Types } from '@cornerstonejs/core';
import { renderingEngine, sliceOf } from '../cornerstone/engine';
import { joinToolGroup, leaveToolGroup } from '../cornerstone/toolGroups';
import { notePaneView } from '../panes/paneView';
import { useViewer, type Orientation } from '../state';
import { applySlab, slabOf } from './slab';
import { describeSlice } from './sliceView';

const { Events, OrientationAxis, ViewportType } = Enums;

const axes: Readonly<Record<Orientation, Enums.OrientationAxis>> = {
  axial: OrientationAxis.AXIAL,
  sagittal: OrientationAxis.SAGITTAL,
  coronal: OrientationAxis.CORONAL,
};

/** Which image's header tells whose volume a pane shows, and whether its planes were drawn whole. */
interface Hung {
  volume: string;
  imageId: string;
  isDrawn: boolean;
}

const hung = new Map<string, Hung>();

/** Marks the moment in which all planes of the layout show their whole volume. */
function markShown(): void {
  const planes = useViewer.getState().panes.filter(({ content }) => content.kind === 'mpr');
  if (planes.every(({ id }) => hung.get(id)?.isDrawn === true)) performance.mark('noctis:mpr-shown');
}

function note(pane: string): void {
  const viewport = sliceOf(pane);
  const held = hung.get(pane);
  if (viewport === undefined || held === undefined || viewport.getActors().length === 0) return;
  notePaneView(pane, describeSlice(viewport, held.imageId));
  if (held.isDrawn) return;
  held.isDrawn = true;
  markShown();
}

/** Lights the other planes through the same volume in the same way. */
function shareWindow(pane: string, { range, volumeId, invert }: Types.EventTypes.VoiModifiedEventDetail): void {
  for (const [other, { volume }] of hung) {
    if (other === pane || volume !== volumeId) continue;
    const viewport = sliceOf(other);
    viewport?.setProperties({ voiRange: range, ...(invert !== undefined && { invert }) }, volume, true);
    viewport?.render();
  }
}

/** Makes the viewport of a pane for planes through a volume; the returned function takes it away. */
export function mountSlice(pane: string, element: HTMLDivElement, orientation: Orientation): () => void {
  const engine = renderingEngine();
  const defaultOptions = { background: [0, 0, 0] as Types.Point3, orientation: axes[orientation] };
  engine.enableElement({ viewportId: pane, element, type: ViewportType.ORTHOGRAPHIC, defaultOptions });
  joinToolGroup('slice', pane);
  const rendered = () => note(pane);
  const lit = (event: Event) =>
    shareWindow(pane, (event as CustomEvent<Types.EventTypes.VoiModifiedEventDetail>).detail);
  element.addEventListener(Events.IMAGE_RENDERED, rendered);
  element.addEventListener(Events.VOI_MODIFIED, lit);
  return () => {
    element.removeEventListener(Events.IMAGE_RENDERED, rendered);
    element.removeEventListener(Events.VOI_MODIFIED, lit);
    hung.delete(pane);
    leaveToolGroup('slice', pane);
    engine.disableElement(pane);
    notePaneView(pane, null);
  };
}

/** How another plane through this volume is lit already. */
function windowOf(volume: string): Types.VOIRange | undefined {
  for (const [pane, held] of hung)
    if (held.volume === volume && held.isDrawn) return sliceOf(pane)?.getProperties()?.voiRange;
  return undefined;
}

/** Shows a loaded volume in a pane. `imageId`: an image of it; `voiRange`: how it is lit to begin with. */
export async function hangSlice(
  pane: string,
  volume: string,
  series: string,
  imageId: string,
  voiRange: Types.VOIRange | undefined,
): Promise<void> {
  const viewport = sliceOf(pane);
  if (viewport === undefined) return;
  await viewport.setVolumes([{ volumeId: volume }], false, true);
  if (sliceOf(pane) !== viewport) return;
  const range = windowOf(volume) ?? voiRange;
  if (range !== undefined) viewport.setProperties({ voiRange: range }, volume, true);
  hung.set(pane, { volume, imageId, isDrawn: false });
  applySlab(viewport, slabOf(series));
  viewport.render();
}
