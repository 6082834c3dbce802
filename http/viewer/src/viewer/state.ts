import { create } from 'zustand';
import type { Series, Study } from './study/model';

export type Orientation = 'axial' | 'sagittal' | 'coronal';

/** What a pane of the grid shows. */
export type PaneContent =
  | { kind: 'empty' }
  | { kind: 'stack'; series: string }
  | { kind: 'mpr'; series: string; orientation: Orientation }
  | { kind: 'volume'; series: string }
  | { kind: 'fusion'; series: string; overlay: string; orientation: Orientation }
  | { kind: 'document'; series: string };

export interface Pane {
  /** Also the id of its Cornerstone viewport. */
  id: string;
  content: PaneContent;
}

export interface Layout {
  rows: number;
  columns: number;
}

export interface ViewerState {
  /** The study that was opened, then those it is compared with. */
  studies: readonly Study[];
  layout: Layout;
  /** Row by row; always rows × columns of them. */
  panes: readonly Pane[];
  activePane: string;
  /** The pane that fills the grid for the moment. */
  enlargedPane: string | null;
  /** Cornerstone's name of the tool on the primary button. */
  tool: string;
  /** The open side panel. */
  panel: string | null;
}

const emptyPane = (id: string): Pane => ({ id, content: { kind: 'empty' } });

/** What the viewer shows and how. Pixels, cameras and annotations live in Cornerstone; this says what goes where. */
export const useViewer = create<ViewerState>(() => ({
  studies: [],
  layout: { rows: 1, columns: 1 },
  panes: [emptyPane('pane-0')],
  activePane: 'pane-0',
  enlargedPane: null,
  tool: 'WindowLevel',
  panel: null,
}));

export const viewer = {
  get: useViewer.getState,
  set: useViewer.setState,

  /** Changes the grid; contents keep their places in order as far as there is room. */
  setLayout(layout: Layout, contents?: readonly PaneContent[]): void {
    useViewer.setState(({ panes, activePane }) => {
      const count = layout.rows * layout.columns;
      const next = Array.from({ length: count }, (_, index) => {
        const id = `pane-${index}`;
        return { id, content: contents?.[index] ?? panes[index]?.content ?? emptyPane(id).content };
      });
      const active = next.some(({ id }) => id === activePane) ? activePane : 'pane-0';
      return { layout, panes: next, activePane: active, enlargedPane: null };
    });
  },

  show(pane: string, content: PaneContent): void {
    useViewer.setState(({ panes }) => ({ panes: panes.map((one) => (one.id === pane ? { ...one, content } : one)) }));
  },

  activePane(): Pane | undefined {
    const { panes, activePane } = useViewer.getState();
    return panes.find(({ id }) => id === activePane);
  },
};

export function findSeries(studies: readonly Study[], uid: string): Series | undefined {
  return studies.flatMap(({ series }) => series).find((series) => series.uid === uid);
}

export function findStudyOf(studies: readonly Study[], seriesUid: string): Study | undefined {
  return studies.find(({ series }) => series.some(({ uid }) => uid === seriesUid));
}
