import { getRenderingEngine, utilities } from '@cornerstonejs/core';
import { annotation as drawn, AnnotationTool } from '@cornerstonejs/tools';
import i18next from 'i18next';
import { notify, notifyFailure } from '@/shell/notices';
import { paneView } from '../panes/paneView';
import { engineId, viewportOf } from '../cornerstone/engine';
import { viewer } from '../state';
import { addressOf } from '../study/imageIds';
import { findDrawing } from './drawings';
import { kindOfTool } from './toolNames';
import { frames } from './frames';
import { changeAnnotation, isForeign, removeAnnotation } from './keeper';
import { storeAsDicom } from './requests';
import { entryOf, liveEntries, useAnnotations, type Entry } from './store';
import { createUuid } from './uuid';

const { DefaultHistoryMemo } = utilities.HistoryMemo;

export function undo(): void {
  DefaultHistoryMemo.undo();
}

export function redo(): void {
  DefaultHistoryMemo.redo();
}

/** Deletes an annotation so that it can be brought back by undoing. */
export function deleteAnnotation(id: string): void {
  const entry = entryOf(id);
  if (entry === undefined || isForeign(entry)) return;
  const drawing = findDrawing(id);
  const element = viewportOf(viewer.get().activePane)?.element;
  if (drawing !== undefined) AnnotationTool.createAnnotationMemo(element, drawing, { deleting: true });
  removeAnnotation(id);
}

/** Deletes what is selected in the images. */
export function deleteSelected(): void {
  const ours = drawn.selection.getAnnotationsSelected().filter((id) => {
    const toolName = findDrawing(id)?.metadata?.toolName;
    return toolName !== undefined && kindOfTool(toolName) !== undefined;
  });
  for (const id of ours) {
    drawn.selection.setAnnotationSelected(id, false);
    deleteAnnotation(id);
  }
  getRenderingEngine(engineId)?.render();
}

/** The image in the active pane; `undefined` where it shows none. */
function shownImage(): string | undefined {
  return paneView(viewer.get().activePane).imageId ?? undefined;
}

function isMarked(imageId: string): (entry: Entry) => boolean {
  const address = addressOf(imageId);
  return ({ content, ...entry }) =>
    content.kind === 'key_image' &&
    content.sop_instance_uid === address?.instanceUid &&
    content.frame === address.frame &&
    !isForeign(entry);
}

/** Marks the shown image as a key image, or takes the mark away. */
export function toggleKeyImage(): void {
  const imageId = shownImage();
  const frame = imageId === undefined ? undefined : frames.byImageId(imageId);
  if (frame === undefined) return;
  const marked = liveEntries(useAnnotations.getState()).find(isMarked(frame.imageId));
  if (marked !== undefined) {
    removeAnnotation(marked.content.id);
    return;
  }
  changeAnnotation({
    id: createUuid(),
    study_instance_uid: frame.studyUid,
    series_instance_uid: frame.seriesUid,
    sop_instance_uid: frame.instanceUid,
    frame: frame.frame,
    frame_of_reference_uid: '',
    kind: 'key_image',
    label: '',
    space: 'image',
    points: [],
    measurements: [],
    view: {},
  });
}

/** Has the user's annotations written as DICOM objects now. */
export async function storeNow(): Promise<void> {
  const studies = new Set(liveEntries(useAnnotations.getState()).map(({ content }) => content.study_instance_uid));
  try {
    await Promise.all([...studies].map(storeAsDicom));
    notify({ kind: 'success', text: i18next.t('annotations:storing') });
  } catch (error) {
    const again = { label: i18next.t('shell:failure.again'), run: () => void storeNow() };
    notifyFailure(i18next.t('annotations:storeFailed'), error, again);
  }
}
