import { eventTarget } from '@cornerstonejs/core';
import { annotation as drawn, Enums, utilities } from '@cornerstonejs/tools';
import { drawingOf, type Drawing } from './convert';
import { markTemporary, setDrawingStyle } from './drawingStyle';
import { rememberDrawing } from './drawingText';
import { frames } from './frames';
import { changeAnnotation, isForeign, removeAnnotation, type Canvas } from './keeper';
import { measureDrawing } from './measureDrawing';
import { isSameContent } from './model';
import { renderingEngine } from '../cornerstone/engine';
import { entryOf, useAnnotations, type Entry } from './store';
import { kindOfTool } from './toolNames';

const { Events } = Enums;

/** Drawings that were finished once: what happens to them is an edit. */
const finished = new Set<string>();
/** Annotations that wait for the header of their image. */
const waiting = new Map<string, Entry>();
let isApplying = false;

/** Changes drawings without these changes being taken for the user's. */
function apply(change: () => void): void {
  isApplying = true;
  try {
    change();
  } finally {
    isApplying = false;
  }
  renderAll();
}

/** The drawing of an annotation, if there is one. */
export function findDrawing(id: string): Drawing | undefined {
  return drawn.state.getAnnotation(id);
}

function renderAll(): void {
  const viewports = renderingEngine().getViewports();
  utilities.triggerAnnotationRenderForViewportIds(viewports.map(({ id }) => id));
}

function dress(entry: Entry): void {
  const { id } = entry.content;
  drawn.locking.setAnnotationLocked(id, isForeign(entry));
  drawn.visibility.setAnnotationVisibility(id, !entry.isHidden);
  if (entry.state === 'temporary') markTemporary(id);
}

function draw(entry: Entry): void {
  const { id, kind } = entry.content;
  if (kind === 'key_image') return;
  const drawing = drawingOf(entry.content, frames);
  if (drawing === undefined) {
    waiting.set(id, entry);
    return;
  }
  waiting.delete(id);
  apply(() => {
    const there = findDrawing(id);
    if (there === undefined) {
      finished.add(id);
      rememberDrawing(drawing);
      drawn.state.addAnnotation(drawing, drawing.metadata?.FrameOfReferenceUID ?? '');
    } else {
      Object.assign(there.data, drawing.data);
      there.invalidated = true;
    }
    dress(entry);
  });
}

function erase(id: string): void {
  waiting.delete(id);
  if (findDrawing(id) !== undefined) apply(() => drawn.state.removeAnnotation(id));
}

/** Shows annotations as Cornerstone's drawings. */
export const canvas: Canvas = { draw, erase };

/** Draws what waited for images that are there now. */
export function drawWaiting(): void {
  for (const entry of [...waiting.values()]) draw(entryOf(entry.content.id) ?? entry);
}

/** Hides a drawing, or shows it again. */
export function showDrawing(id: string, isVisible: boolean): void {
  drawn.visibility.setAnnotationVisibility(id, isVisible);
  renderAll();
}

/** Takes what the user did to a drawing into the annotations. */
function capture(drawing: Drawing): void {
  const measured = measureDrawing(drawing);
  if (measured === undefined) return;
  const { content } = measured;
  const before = entryOf(content.id);
  const isRedrawn =
    before === undefined ||
    before.isDeleted ||
    !isSameContent(before.content, { ...content, measurements: before.content.measurements });
  if (!isRedrawn) return;
  changeAnnotation(content);
  if (entryOf(content.id)?.state === 'temporary') markTemporary(content.id);
}

function idOf(drawing: Drawing): string | undefined {
  const isOurs = drawing.metadata !== undefined && kindOfTool(drawing.metadata.toolName) !== undefined;
  return isOurs ? drawing.annotationUID : undefined;
}

type Handler = (drawing: Drawing, id: string) => void;

const handlers: Readonly<Record<string, Handler>> = {
  [Events.ANNOTATION_ADDED]: (drawing, id) => {
    rememberDrawing(drawing);
    if (finished.has(id)) capture(drawing);
  },
  [Events.ANNOTATION_COMPLETED]: (drawing, id) => {
    finished.add(id);
    capture(drawing);
  },
  [Events.ANNOTATION_MODIFIED]: (drawing, id) => {
    if (finished.has(id)) capture(drawing);
  },
  [Events.ANNOTATION_REMOVED]: (_, id) => {
    if (finished.has(id)) removeAnnotation(id);
  },
};

/** Follows what is drawn, until the returned function is called. */
export function followDrawings(): () => void {
  setDrawingStyle();
  const listeners = Object.entries(handlers).map(([name, handle]) => {
    const listen = (event: Event) => {
      const { annotation } = (event as CustomEvent<{ annotation: Drawing }>).detail;
      const id = idOf(annotation);
      if (id !== undefined && !isApplying) handle(annotation, id);
    };
    eventTarget.addEventListener(name, listen);
    return () => eventTarget.removeEventListener(name, listen);
  });
  const select = () => useAnnotations.setState({ selected: drawn.selection.getAnnotationsSelected() });
  eventTarget.addEventListener(Events.ANNOTATION_SELECTION_CHANGE, select);
  return () => {
    for (const stop of listeners) stop();
    eventTarget.removeEventListener(Events.ANNOTATION_SELECTION_CHANGE, select);
  };
}
