import { viewer, type PaneContent } from '../state';
import { readAllInstances } from '../study/loadStudy';
import type { Series } from '../study/model';
import { wantWindow } from '../windows/wantedWindows';
import { builtIn } from './builtIn';
import { arrange, chooseProtocol, fitLayout, type Hung } from './choose';
import type { HangingProtocol } from './protocol';
import { remembered } from './remember';

/** A study of documents alone shows its first. */
function firstOfAll(series: readonly Series[]): Hung[] {
  const [first] = series;
  return first === undefined ? [] : [{ content: { kind: 'document', series: first.uid }, window: '' }];
}

/** Whether the screen has room for one pane only. */
const isNarrow = (): boolean => matchMedia('(max-width: 700px)').matches;

/** Puts the open studies' series into the panes as a protocol says. */
export function applyProtocol(protocol: HangingProtocol): void {
  const { studies, links } = viewer.get();
  const arranged = arrange(protocol, studies).filter(({ content }) => content.kind !== 'empty');
  const hung = arranged.length > 0 ? arranged : firstOfAll(studies.flatMap(({ series }) => series));
  viewer.setLayout(
    isNarrow() ? { rows: 1, columns: 1 } : fitLayout(protocol, hung),
    hung.map(({ content }) => content),
  );
  viewer.get().panes.forEach(({ id }, index) => wantWindow(id, hung[index]?.window ?? ''));
  viewer.set({ links: { ...links, scroll: false, window: false, view: false, ...protocol.links } });
}

function seriesOf(content: PaneContent): string | undefined {
  return 'series' in content ? content.series : undefined;
}

/** Reads the instances of all series, those that are shown first. */
export function readShownFirst(): Promise<void> {
  const { studies, panes } = viewer.get();
  const shown = panes.map(({ content }) => seriesOf(content));
  const all = studies.flatMap(({ series }) => series);
  const rank = ({ uid }: Series) => (shown.includes(uid) ? shown.indexOf(uid) : Infinity);
  return readAllInstances(all.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))));
}

/** Shows the open studies as they were left on this device, else by the protocol that fits them. */
export function hang(own: readonly HangingProtocol[]): void {
  const { studies } = viewer.get();
  const [current] = studies;
  if (current === undefined) return;
  const before = remembered(current.uid, studies);
  if (before !== undefined) viewer.set(before);
  else {
    const protocol = chooseProtocol([...own, ...builtIn], current, studies.length > 1);
    if (protocol !== undefined) applyProtocol(protocol);
  }
  void readShownFirst();
}
