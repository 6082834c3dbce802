import i18next from 'i18next';
import type { AnalysisRun, Finding } from '@/api/analyses';
import { notify } from '@/shell/notices';
import { jumpToImage } from '../annotations/jumpTo';
import { flatOf } from '../cornerstone/engine';
import { headerOf } from '../links/nearestImage';
import { jumpTo } from '../segmentation/jumpTo';
import { findSeries, viewer } from '../state';
import { frameOfReferenceOf, planeOf } from '../study/geometry';
import { addressOf, imageIdsOf } from '../study/imageIds';
import { readInstances } from '../study/loadStudy';
import { dot, subtract, vectorAt, type Vector } from '../study/vector';
import { setMarker } from './marker';

/** Returns which of these images lies nearest to a point, along its own normal. */
function nearestTo(point: Vector, imageIds: readonly string[]): string | undefined {
  let best: { imageId: string; distance: number } | undefined;
  for (const imageId of imageIds) {
    const header = headerOf(imageId);
    const plane = header && planeOf(header);
    if (plane === undefined) continue;
    const distance = Math.abs(dot(subtract(point, plane.position), plane.normal));
    if (best === undefined || distance < best.distance) best = { imageId, distance };
  }
  return best?.imageId;
}

/** Whether a pane shows planes through a volume of this frame of reference. */
function showsPlanes(frameOfReference: string): boolean {
  return viewer
    .get()
    .panes.some(
      ({ id, content }) =>
        (content.kind === 'mpr' || content.kind === 'fusion') &&
        flatOf(id)?.getFrameOfReferenceUID() === frameOfReference,
    );
}

/** Shows the place of a finding in the panes that can, in the active one where none does, and marks it. */
export async function jumpToFinding(run: AnalysisRun, finding: Finding): Promise<boolean> {
  const point = vectorAt(finding.position ?? []);
  const known = findSeries(viewer.get().studies, run.series_instance_uid);
  const series = known === undefined || known.isRead ? known : await readInstances(known);
  const imageId = point && series && nearestTo(point, imageIdsOf(series));
  const address = imageId === undefined ? undefined : addressOf(imageId);
  if (point === undefined || series === undefined || address === undefined) {
    notify({ kind: 'error', text: i18next.t('analyses:placeFailed') });
    return false;
  }
  const frameOfReference = frameOfReferenceOf(series);
  if (!showsPlanes(frameOfReference)) await jumpToImage(address);
  jumpTo(point, frameOfReference);
  const radius = (finding.diameter_mm ?? 0) / 2;
  setMarker({ finding: finding.id, point, radius, frameOfReference, isRejected: finding.verdict === 'rejected' });
  return true;
}
