import { Enums, VolumeViewport3D, type Types } from '@cornerstonejs/core';
import { renderingEngine, viewportOf } from '../cornerstone/engine';
import { joinToolGroup, leaveToolGroup } from '../cornerstone/toolGroups';
import type { RenderSettings } from './renderSettings';
import { applyCrop, applyPreset } from './rendering';
import { RenderLoop } from './renderLoop';
import { presetsFor } from './presets';
import { lookFrom } from './viewDirections';

const loops = new Map<string, RenderLoop>();

/** The viewport of a pane that shows a rendered volume. */
export function renderedOf(pane: string): VolumeViewport3D | undefined {
  const viewport = viewportOf(pane);
  return viewport instanceof VolumeViewport3D ? viewport : undefined;
}

/** Makes the viewport of a pane for a rendered volume; the returned function takes it away. */
export function mountRendered(pane: string, element: HTMLDivElement): () => void {
  const engine = renderingEngine();
  const defaultOptions = { background: [0, 0, 0] as Types.Point3, parallelProjection: true };
  engine.enableElement({ viewportId: pane, element, type: Enums.ViewportType.VOLUME_3D, defaultOptions });
  joinToolGroup('volume', pane);
  return () => {
    loops.get(pane)?.stop();
    loops.delete(pane);
    leaveToolGroup('volume', pane);
    engine.disableElement(pane);
  };
}

export interface Look {
  modality: string;
  /** What the series' window shows: its lowest and highest value. */
  range: readonly [number, number];
  settings: RenderSettings;
}

function dress(viewport: VolumeViewport3D, { modality, range, settings }: Look): void {
  const presets = presetsFor(modality);
  const preset = presets.find(({ id }) => id === settings.preset) ?? presets[0];
  if (preset !== undefined) applyPreset(viewport, preset, range, settings.shift);
  applyCrop(viewport, settings.crop);
}

/** Shows a loaded volume in a pane, from the front. */
export async function hangRendered(
  pane: string,
  volume: string,
  look: Look,
  onRefining: (isRefining: boolean) => void,
): Promise<void> {
  const viewport = renderedOf(pane);
  if (viewport === undefined) return;
  loops.get(pane)?.stop();
  await viewport.setVolumes([{ volumeId: volume }], false, true);
  if (renderedOf(pane) !== viewport) return;
  dress(viewport, look);
  lookFrom(viewport, 'A');
  loops.set(pane, new RenderLoop(viewport, volume, onRefining));
}

/** Changes colours, opacity and crop of what a pane shows. */
export function redress(pane: string, look: Look): void {
  const viewport = renderedOf(pane);
  const loop = loops.get(pane);
  if (viewport === undefined || loop === undefined) return;
  dress(viewport, look);
  loop.move();
}
