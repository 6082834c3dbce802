import { Axis3d, Blend, Box, Crosshair } from 'lucide-react';
import { fusionPair } from '../fusion/fusionPair';
import { findSeries, viewer, type Layout, type PaneContent, type ViewerState } from '../state';
import type { Series } from '../study/model';
import type { Command } from './command';
import { toolCommand } from './toolCommand';

function seriesOfPane({ panes, activePane, studies }: ViewerState): Series | undefined {
  const content = panes.find(({ id }) => id === activePane)?.content;
  return content !== undefined && 'series' in content ? findSeries(studies, content.series) : undefined;
}

/** Whether the active pane's series has the planes for a volume; whether they fit each other shows when it is made. */
function hasPlanes(state: ViewerState): boolean {
  const series = seriesOfPane(state);
  if (series?.kind !== 'images' || !series.isRead) return false;
  return series.instances.reduce((sum, { frames }) => sum + frames, 0) >= 3;
}

function show(layout: Layout, contents: (series: string) => readonly PaneContent[]): void {
  const series = seriesOfPane(viewer.get());
  if (series === undefined) return;
  viewer.setLayout(layout, contents(series.uid));
}

const planes = (series: string): readonly PaneContent[] =>
  (['axial', 'sagittal', 'coronal'] as const).map((orientation) => ({ kind: 'mpr', series, orientation }));

function crosshairs(): void {
  viewer.set({ tool: 'Crosshairs' });
}

const pairOf = (state: ViewerState) => fusionPair(seriesOfPane(state), state.studies);

/** CT, PET, one over the other, and the PET's projection. */
function fuse(): void {
  const pair = pairOf(viewer.get());
  if (pair === undefined) return;
  const [series, overlay] = [pair.base.uid, pair.overlay.uid];
  const orientation = 'axial';
  viewer.setLayout({ rows: 2, columns: 2 }, [
    { kind: 'mpr', series, orientation },
    { kind: 'mpr', series: overlay, orientation },
    { kind: 'fusion', series, overlay, orientation },
    { kind: 'projection', series: overlay },
  ]);
  viewer.set({ tool: 'WindowLevel', activePane: 'pane-2' });
}

const showsPlanes = ({ panes }: ViewerState) =>
  new Set(panes.map(({ content }) => (content.kind === 'mpr' ? content.orientation : ''))).size >= 2;

const showsMpr = ({ panes }: ViewerState) => panes.some(({ content }) => content.kind === 'mpr');

/** Makes volumes of series. */
export const volumeCommands: readonly Command[] = [
  {
    id: 'volume.mpr',
    group: 'volume',
    keys: 'Shift+M',
    icon: Axis3d,
    prominent: true,
    isAvailable: hasPlanes,
    isOn: (state) => showsMpr(state) && state.layout.columns === 3,
    run: () => {
      show({ rows: 1, columns: 3 }, planes);
      crosshairs();
    },
  },
  {
    id: 'volume.mprWithVolume',
    group: 'volume',
    keys: 'Alt+m',
    isAvailable: hasPlanes,
    isOn: (state) => showsMpr(state) && state.panes.some(({ content }) => content.kind === 'volume'),
    run: () => {
      show({ rows: 2, columns: 2 }, (series) => [...planes(series), { kind: 'volume', series }]);
      crosshairs();
    },
  },
  {
    id: 'volume.render',
    group: 'volume',
    keys: 'Shift+V',
    icon: Box,
    prominent: true,
    isAvailable: hasPlanes,
    isOn: ({ panes }) => panes.length === 1 && panes[0]?.content.kind === 'volume',
    run: () => show({ rows: 1, columns: 1 }, (series) => [{ kind: 'volume', series }]),
  },
  {
    id: 'volume.fusion',
    group: 'volume',
    icon: Blend,
    keys: 'Shift+F',
    isAvailable: (state) => pairOf(state) !== undefined,
    isOn: ({ panes }) => panes.some(({ content }) => content.kind === 'fusion'),
    run: fuse,
  },
  toolCommand('Crosshairs', Crosshair, {
    id: 'tool.crosshairs',
    group: 'tools',
    keys: 'c',
    prominent: true,
    isAvailable: showsPlanes,
  }),
];
