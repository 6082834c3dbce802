import { isRecord } from '@/api/isRecord';
import { useViewer, type Layout, type Links, type Pane, type PaneContent, type ViewerState } from '../state';
import type { Study } from '../study/model';

type Kept = Pick<ViewerState, 'layout' | 'panes' | 'activePane' | 'links' | 'overlay' | 'tool'>;

const keyOf = (study: string): string => `noctis.viewer.${study}`;

function isLayout(value: unknown): value is Layout {
  return isRecord(value) && [value['rows'], value['columns']].every((side) => [1, 2, 3].includes(Number(side)));
}

/** Whether what was kept has the shape that this version writes. */
function isKept(value: unknown): value is Kept {
  if (!isRecord(value) || !isLayout(value['layout']) || !isRecord(value['links'])) return false;
  const { layout, panes } = value;
  return Array.isArray(panes) && panes.length === layout.rows * layout.columns && panes.every(isRecord);
}

/** Contents whose series is not open, as after a study was taken from the address, leave an empty pane. */
function known(content: PaneContent, studies: readonly Study[]): PaneContent {
  const uids = new Set(studies.flatMap(({ series }) => series.map(({ uid }) => uid)));
  return 'series' in content && !uids.has(content.series) ? { kind: 'empty' } : content;
}

/** Returns how this study was left in this tab, if it was; `undefined` too where none of it is open any more. */
export function remembered(study: string, studies: readonly Study[]): Kept | undefined {
  const text = sessionStorage.getItem(keyOf(`${study}.${studies.length}`));
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (!isKept(kept)) return undefined;
    const panes: Pane[] = kept.panes.map((pane) => ({ ...pane, content: known(pane.content, studies) }));
    return panes.some(({ content }) => content.kind !== 'empty') ? { ...kept, panes } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps how the study is shown, for a reload of this tab. */
export function rememberView(): () => void {
  const keep = ({ studies, layout, panes, activePane, links, overlay, tool }: ViewerState) => {
    const [current] = studies;
    const kept: Kept & { links: Links } = { layout, panes, activePane, links, overlay, tool };
    if (current !== undefined) sessionStorage.setItem(keyOf(`${current.uid}.${studies.length}`), JSON.stringify(kept));
  };
  keep(useViewer.getState());
  return useViewer.subscribe(keep);
}
