import { create } from 'zustand';
import { whole, type Crop } from './crop';

/** How a series is rendered as a volume. */
export interface RenderSettings {
  /** Id of a preset; `null`: the first that fits. */
  preset: string | null;
  /** How far opacity is moved up the values (−1 … 1). */
  shift: number;
  crop: Crop;
}

export const initialSettings: RenderSettings = { preset: null, shift: 0, crop: whole };

const useAll = create<{ bySeries: Readonly<Record<string, RenderSettings>> }>(() => ({ bySeries: {} }));

export function useRenderSettings(series: string): RenderSettings {
  return useAll(({ bySeries }) => bySeries[series] ?? initialSettings);
}

export function changeRendering(series: string, change: Partial<RenderSettings>): void {
  useAll.setState(({ bySeries }) => ({
    bySeries: { ...bySeries, [series]: { ...(bySeries[series] ?? initialSettings), ...change } },
  }));
}
