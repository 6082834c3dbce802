import { StackViewport, utilities } from '@cornerstonejs/core';
import { flatOf } from '../cornerstone/engine';
import { viewer } from '../state';
import type { Vector } from '../study/vector';

/** Shows a point of the patient in each pane of this frame of reference. */
export function jumpTo(point: Vector, frameOfReference: string): void {
  for (const { id } of viewer.get().panes) {
    const viewport = flatOf(id);
    if (viewport === undefined || viewport.getFrameOfReferenceUID() !== frameOfReference) continue;
    if (viewport instanceof StackViewport) {
      const index = utilities.getClosestStackImageIndexForPoint([...point], viewport);
      if (index !== null) void viewport.setImageIdIndex(index);
    } else viewport.jumpToWorld([...point]);
  }
}
