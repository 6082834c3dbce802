import { create } from 'zustand';
import { cache } from '@cornerstonejs/core';
import type { Series } from '../study/model';
import type { ColourMap } from './colourMaps';
import { suvFactor, type SuvGap } from './suv';

/** How a series is laid over another. */
export interface FusionSettings {
  map: ColourMap;
  /** 0 … 1. */
  opacity: number;
  /** What the colours span: SUV, or parts of the greatest value where there is no SUV. */
  range: readonly [number, number];
}

const useAll = create<{ bySeries: Readonly<Record<string, FusionSettings>> }>(() => ({ bySeries: {} }));

const initial: FusionSettings = { map: 'hotIron', opacity: 0.6, range: [0, 8] };
const initialParts: FusionSettings = { ...initial, range: [0, 0.6] };

/** In what the colours' range is told, and how many of the image's own units one of these is. */
export interface Scale {
  unit: 'suv' | 'parts';
  perUnit: number;
  gap?: SuvGap;
}

/** `volume`: Cornerstone's id of the series' volume, whose greatest value counts where there is no SUV. */
export function scaleOf(series: Series | undefined, volume: string | undefined): Scale {
  const found = suvFactor(series?.instances[0]?.data ?? {});
  if ('factor' in found) return { unit: 'suv', perUnit: 1 / found.factor };
  const greatest = volume === undefined ? 1 : (cache.getVolume(volume)?.voxelManager?.getRange()[1] ?? 1);
  return { unit: 'parts', perUnit: greatest, gap: found.gap };
}

export function useFusionSettings(series: string, unit: Scale['unit']): FusionSettings {
  return useAll(({ bySeries }) => bySeries[series] ?? (unit === 'suv' ? initial : initialParts));
}

export function changeFusion(series: string, unit: Scale['unit'], change: Partial<FusionSettings>): void {
  useAll.setState(({ bySeries }) => ({
    bySeries: {
      ...bySeries,
      [series]: { ...(bySeries[series] ?? (unit === 'suv' ? initial : initialParts)), ...change },
    },
  }));
}
