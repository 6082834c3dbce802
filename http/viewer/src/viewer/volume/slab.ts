import { Enums, type VolumeViewport } from '@cornerstonejs/core';
import { create } from 'zustand';
import { sliceOf } from '../cornerstone/engine';
import { useViewer } from '../state';

/** What becomes of the voxels through a slab. */
export type SlabMode = 'plane' | 'mip' | 'minip' | 'average';

export interface Slab {
  mode: SlabMode;
  /** mm; counts for every mode but `plane`. */
  thickness: number;
}

const thin: Slab = { mode: 'plane', thickness: 10 };

/** The slab of each series, for all its planes. */
export const useSlabs = create<{ slabs: Readonly<Record<string, Slab>> }>(() => ({ slabs: {} }));

export const blendModes: Readonly<Record<SlabMode, Enums.BlendModes>> = {
  plane: Enums.BlendModes.COMPOSITE,
  mip: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  minip: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  average: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
};

export function slabOf(series: string): Slab {
  return useSlabs.getState().slabs[series] ?? thin;
}

export function useSlab(series: string): Slab {
  return useSlabs(({ slabs }) => slabs[series] ?? thin);
}

/** Gives a plane's viewport the slab of its series. */
export function applySlab(viewport: VolumeViewport, { mode, thickness }: Slab): void {
  viewport.setBlendMode(blendModes[mode]);
  if (mode === 'plane') viewport.resetSlabThickness();
  else viewport.setSlabThickness(thickness);
}

/** Changes the slab of a series in all planes that are shown. */
export function setSlab(series: string, change: Partial<Slab>): void {
  const slab = { ...slabOf(series), ...change };
  useSlabs.setState(({ slabs }) => ({ slabs: { ...slabs, [series]: slab } }));
  for (const { id, content } of useViewer.getState().panes) {
    const viewport = sliceOf(id);
    if (content.kind !== 'mpr' || content.series !== series || viewport === undefined) continue;
    applySlab(viewport, slab);
    viewport.render();
  }
}
