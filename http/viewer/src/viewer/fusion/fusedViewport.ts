import type { VolumeViewport } from '@cornerstonejs/core';
import { sliceOf } from '../cornerstone/engine';
import { registeredMap } from './colourMaps';
import type { FusionSettings, Scale } from './fusionSettings';

/** Colours what is laid over in a pane. */
export function colour(viewport: VolumeViewport, overlay: string, settings: FusionSettings, { perUnit }: Scale): void {
  const [low, high] = settings.range;
  const voiRange = { lower: low * perUnit, upper: Math.max(high, low + 0.01) * perUnit };
  viewport.setProperties({ voiRange, colormap: { name: registeredMap(settings.map) } }, overlay, true);
  // What is nothing must not cover what lies under it.
  const opacityMapping = [
    { value: voiRange.lower, opacity: 0 },
    { value: voiRange.lower + (voiRange.upper - voiRange.lower) * 0.12, opacity: settings.opacity },
    { value: voiRange.upper, opacity: settings.opacity },
  ];
  viewport.setProperties({ colormap: { name: registeredMap(settings.map), opacityMapping }, voiRange }, overlay, true);
  viewport.render();
}

/** Colours anew what a pane shows, if it shows this. */
export function recolour(pane: string, overlay: string, settings: FusionSettings, scale: Scale): void {
  const viewport = sliceOf(pane);
  if (viewport?.hasVolumeId(overlay) === true) colour(viewport, overlay, settings, scale);
}
