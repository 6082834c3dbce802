import { findSeries, viewer, type PaneContent } from '../state';
import type { Series, SeriesKind } from '../study/model';

const mime = 'application/x-noctis-series';

/** Marks a drag as one of this series. */
export function dragSeries(data: DataTransfer, { uid }: Series): void {
  data.setData(mime, uid);
  data.effectAllowed = 'copy';
}

export function isSeriesDrag(data: DataTransfer): boolean {
  return data.types.includes(mime);
}

export function draggedSeries(data: DataTransfer): Series | undefined {
  return findSeries(viewer.get().studies, data.getData(mime));
}

/** Shows a series in a pane, or over what the pane shows. */
export type SeriesOpener = (series: Series, pane: string) => void | Promise<void>;

function showing(kind: 'stack' | 'document'): SeriesOpener {
  return ({ uid }, pane) => viewer.show(pane, { kind, series: uid } satisfies PaneContent);
}

/** How each kind of series is opened. Segmentations and structures are laid over images by their own feature. */
const openers: Readonly<Record<SeriesKind, SeriesOpener>> = {
  images: showing('stack'),
  document: showing('document'),
  segmentation: showing('stack'),
  structures: showing('document'),
  other: showing('document'),
};

/** Opens a series in a pane, the active one where none is named. */
export function openSeries(series: Series, pane = viewer.get().activePane): void {
  void openers[series.kind](series, pane);
}
