import { viewer } from '../state';
import { readAllInstances } from '../study/loadStudy';
import type { Series } from '../study/model';

function isShown(series: Series): boolean {
  return series.kind === 'images';
}

/** Puts the series of the open studies into the panes and begins to read them, those that are shown first. */
export function hang(): void {
  const { studies } = viewer.get();
  const all = studies.flatMap(({ series }) => series);
  const shown = studies.flatMap(({ series }) => series.filter(isShown).slice(0, 1));
  const wanted = shown.length > 0 ? shown : all.slice(0, 1);
  viewer.setLayout(
    { rows: 1, columns: Math.max(1, Math.min(3, wanted.length)) },
    wanted.map(({ uid, kind }) => ({ kind: kind === 'document' ? 'document' : 'stack', series: uid })),
  );
  void readAllInstances([...wanted, ...all.filter((series) => !wanted.includes(series))]);
}
