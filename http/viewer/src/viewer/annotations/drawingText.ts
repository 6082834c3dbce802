import { cache } from '@cornerstonejs/core';
import i18next from 'i18next';
import { may } from '@/api/session';
import { locale } from '@/shell/i18n';
import { worldPoints, type Drawing } from './convert';
import { measureDrawing } from './measureDrawing';
import { measurementLines } from './measurementText';
import { isForeign } from './keeper';
import { entryOf } from './store';

type DrawingData = Drawing['data'];

const drawings = new WeakMap<DrawingData, Drawing>();
const written = new WeakMap<DrawingData, { of: string; lines: string[] }>();

/** Makes a drawing known by its data, which is all that Cornerstone hands to those who write its text. */
export function rememberDrawing(drawing: Drawing): void {
  drawings.set(drawing.data, drawing);
}

function write(drawing: Drawing): string[] {
  const measured = measureDrawing(drawing);
  if (measured === undefined) return [];
  const { content, source } = measured;
  const entry = entryOf(content.id);
  const isText = content.kind === 'arrow' || content.kind === 'text';
  const notes = [
    content.label !== '' && !isText && content.label,
    ...measurementLines(content.measurements, i18next.t, locale()),
    source === 'detector' &&
      content.measurements.some(({ unit }) => unit.startsWith('mm')) &&
      i18next.t('annotations:atDetector'),
    entry?.stored && isForeign(entry) && (entry.stored.author.full_name || entry.stored.author.username),
    !may('annotation.write') && !entry?.stored && i18next.t('annotations:notSaved'),
  ];
  return notes.filter((line) => typeof line === 'string');
}

/** Returns the lines beside a drawing: its label, what it measures, and whose it is. */
export function textLines(data: DrawingData): string[] {
  const drawing = drawings.get(data);
  if (drawing === undefined) return [];
  const entry = drawing.annotationUID === undefined ? undefined : entryOf(drawing.annotationUID);
  const isLoaded = cache.isLoaded(drawing.metadata?.referencedImageId ?? '');
  const of = JSON.stringify([
    isLoaded,
    worldPoints(drawing).map((point) => Array.from(point)),
    data.label,
    entry?.stored?.version,
  ]);
  const known = written.get(data);
  if (known?.of === of) return known.lines;
  const lines = write(drawing);
  written.set(data, { of, lines });
  return lines;
}
