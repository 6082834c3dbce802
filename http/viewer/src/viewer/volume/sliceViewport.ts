import { Enums, type Types } from '@cornerstonejs/core';
import { renderingEngine, sliceOf } from '../cornerstone/engine';
import { joinToolGroup, leaveToolGroup } from '../cornerstone/toolGroups';
import { notePaneView } from '../panes/paneView';
import { useViewer, type Orientation, type Pane } from '../state';
import { applySlab, slabOf } from './slab';
import { describeSlice } from './sliceView';

const { BlendModes, Events, OrientationAxis, ViewportType } = Enums;

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

let isFollowing = false;

/** Moves the panes that show the same plane of other volumes of the same patient space to the same place. */
function shareCamera(pane: string): void {
  const source = sliceOf(pane);
  const { panes } = useViewer.getState();
  const orientation = orientationOf(panes, pane);
  if (isFollowing || source === undefined || orientation === undefined || !hung.has(pane)) return;
  const { focalPoint, position, parallelScale, viewPlaneNormal, viewUp } = source.getCamera();
  isFollowing = true;
  for (const other of hung.keys()) {
    const viewport = other === pane || orientationOf(panes, other) !== orientation ? undefined : sliceOf(other);
    if (viewport === undefined || viewport.getFrameOfReferenceUID() !== source.getFrameOfReferenceUID()) continue;
    viewport.setCamera({ focalPoint, position, parallelScale, viewPlaneNormal, viewUp } as Types.ICamera);
    viewport.render();
  }
  isFollowing = false;
}

function orientationOf(panes: readonly Pane[], pane: string): Orientation | undefined {
  const content = panes.find(({ id }) => id === pane)?.content;
  return content !== undefined && 'orientation' in content ? content.orientation : undefined;
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
  const moved = () => shareCamera(pane);
  element.addEventListener(Events.VOI_MODIFIED, lit);
  element.addEventListener(Events.CAMERA_MODIFIED, moved);
  return () => {
    element.removeEventListener(Events.IMAGE_RENDERED, rendered);
    element.removeEventListener(Events.VOI_MODIFIED, lit);
    element.removeEventListener(Events.CAMERA_MODIFIED, moved);
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

export interface Hanging {
  /** Cornerstone's ids of the volume, and of one that is laid over it. */
  volume: string;
  over?: string;
  series: string;
  /** An image of the series, whose header tells whose it is. */
  imageId: string;
  /** How the volume is lit to begin with. */
  voiRange: Types.VOIRange | undefined;
}

/** Shows loaded volumes in a pane. */
export async function hangSlice(pane: string, { volume, over, series, imageId, voiRange }: Hanging): Promise<void> {
  const viewport = sliceOf(pane);
  if (viewport === undefined) return;
  // What lies above is not thinned by how little of it a thin plane holds.
  const blendMode = BlendModes.MAXIMUM_INTENSITY_BLEND;
  const inputs = [{ volumeId: volume }, ...(over === undefined ? [] : [{ volumeId: over, blendMode }])];
  await viewport.setVolumes(inputs, false, true);
  if (sliceOf(pane) !== viewport) return;
  const range = windowOf(volume) ?? voiRange;
  const invert = viewport.getImageData()?.metadata.Modality === 'PT';
  viewport.setProperties({ ...(range && { voiRange: range }), invert }, volume, true);
  hung.set(pane, { volume, imageId, isDrawn: false });
  if (over === undefined) applySlab(viewport, slabOf(series));
  viewport.render();
}
