import { CrosshairsTool } from '@cornerstonejs/tools';
import { sliceOf } from '../cornerstone/engine';
import { toolGroup } from '../cornerstone/toolGroups';
import { useViewer } from '../state';
import { applySlab, setSlab, slabOf } from './slab';

/** Puts the planes of a series back through its middle, straight and thin. */
export function resetPlanes(series: string): void {
  setSlab(series, { mode: 'plane' });
  const crosshairs: unknown = toolGroup('slice').getToolInstance('Crosshairs');
  if (crosshairs instanceof CrosshairsTool) crosshairs.resetCrosshairs();
  for (const { id, content } of useViewer.getState().panes) {
    const viewport = content.kind === 'mpr' && content.series === series ? sliceOf(id) : undefined;
    if (viewport === undefined) continue;
    applySlab(viewport, slabOf(series));
    viewport.render();
  }
}
