import { eventTarget, triggerEvent } from '@cornerstonejs/core';
import { Enums, type Types } from '@cornerstonejs/tools';

const { Events, ChangeTypes } = Enums;

/** Tells that a drawing is finished, as Cornerstone's own tools do. */
export function triggerCompleted(annotation: Types.Annotation): void {
  triggerEvent(eventTarget, Events.ANNOTATION_COMPLETED, { annotation });
}

/** Tells that a drawing was changed. */
export function triggerModified(annotation: Types.Annotation): void {
  triggerEvent(eventTarget, Events.ANNOTATION_MODIFIED, { annotation, changeType: ChangeTypes.HandlesUpdated });
}
