import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';

/** What a pane shows at this moment, as Cornerstone reported it last. */
export interface PaneView {
  /** The image whose pixels are on the screen; `null` while there is none. */
  imageId: string | null;
  /** Its place in the stack, from 0. */
  index: number;
  /** How many images the stack has. */
  count: number;
  /** The window in the units of the image (HU for CT); `null` for colour. */
  window: { center: number; width: number } | null;
  isInverted: boolean;
  /** Screen pixels (CSS) per image pixel. */
  zoom: number;
  /** The directions of the screen's right and downward edge in the patient, LPS. */
  right: readonly number[] | null;
  down: readonly number[] | null;
  /** Why the wanted image cannot be shown. */
  failure: string | null;
}

export const noView: PaneView = {
  imageId: null,
  index: 0,
  count: 0,
  window: null,
  isInverted: false,
  zoom: 1,
  right: null,
  down: null,
  failure: null,
};

interface PaneViews {
  views: Readonly<Record<string, PaneView>>;
}

const usePaneViews = create<PaneViews>(() => ({ views: {} }));

/** What a pane shows now. */
export function usePaneView(pane: string): PaneView {
  return usePaneViews((state) => state.views[pane] ?? noView);
}

export function paneView(pane: string): PaneView {
  return usePaneViews.getState().views[pane] ?? noView;
}

/** Notes what a pane shows; `null` forgets it. */
export function notePaneView(pane: string, change: Partial<PaneView> | null): void {
  usePaneViews.setState(({ views }) => ({
    views: { ...views, [pane]: change === null ? noView : { ...(views[pane] ?? noView), ...change } },
  }));
}

/** The images on the screen in these panes, each once a pane. */
export function usePaneImages(panes: readonly string[]): string[] {
  return usePaneViews(
    useShallow((state) => panes.map((pane) => state.views[pane]?.imageId ?? null).filter((id) => id !== null)),
  );
}
