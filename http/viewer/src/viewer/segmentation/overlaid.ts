import { create } from 'zustand';
import type { Overlaid } from './model';

/** How a segment is shown. */
export interface SegmentStyle {
  isVisible: boolean;
  /** `undefined`: the segment's own. */
  colour?: readonly [number, number, number];
}

export interface Shown {
  overlaid: Overlaid;
  /** 0 … 1, of the inside. */
  opacity: number;
  isVisible: boolean;
  /** By number of the segment; visible in its own colour where there is none. */
  styles: Readonly<Record<number, SegmentStyle>>;
}

/** What is laid over the images, in the order in which it was. */
export const useOverlaid = create<{ shown: readonly Shown[] }>(() => ({ shown: [] }));

export const plain: SegmentStyle = { isVisible: true };

export function lay(overlaid: Overlaid): void {
  useOverlaid.setState(({ shown }) => ({
    shown: [
      ...shown.filter((one) => one.overlaid.id !== overlaid.id),
      { overlaid, opacity: overlaid.shape.kind === 'labels' ? 0.35 : 0.15, isVisible: true, styles: {} },
    ],
  }));
}

export function changeShown(id: string, change: Partial<Omit<Shown, 'overlaid'>>): void {
  useOverlaid.setState(({ shown }) => ({
    shown: shown.map((one) => (one.overlaid.id === id ? { ...one, ...change } : one)),
  }));
}

export function changeSegment(id: string, segment: number, change: Partial<SegmentStyle>): void {
  useOverlaid.setState(({ shown }) => ({
    shown: shown.map((one) =>
      one.overlaid.id === id
        ? { ...one, styles: { ...one.styles, [segment]: { ...(one.styles[segment] ?? plain), ...change } } }
        : one,
    ),
  }));
}

/** Hides what is normal where something abnormal is shown too: a filled brain would cover its bleed. */
export function showAbnormal(id: string): void {
  const segments = useOverlaid.getState().shown.find(({ overlaid }) => overlaid.id === id)?.overlaid.segments ?? [];
  if (!segments.some(({ isAbnormal }) => isAbnormal)) return;
  for (const { number, isAbnormal } of segments) changeSegment(id, number, { isVisible: isAbnormal });
}

export function takeAway(id: string): void {
  useOverlaid.setState(({ shown }) => ({ shown: shown.filter((one) => one.overlaid.id !== id) }));
}
