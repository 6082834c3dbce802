import { visibleText } from '@/shell/visibleText';
import { items, number, numbers, personName, text, texts, type DataSet } from '../study/dicomJson';

/** An image that a report refers to. */
export interface ImageReference {
  instanceUid: string;
  /** From 1. */
  frame: number;
}

/** What a content item says beside its name; `null` for containers. */
export type ContentValue =
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: string; unit: string }
  | { kind: 'date' | 'time' | 'datetime'; text: string }
  | { kind: 'image'; image: ImageReference }
  | { kind: 'object'; uid: string }
  | { kind: 'graphic'; shape: string; points: number };

/** An item of the tree of a structured report (PS3.3 C.17.3), whatever its template. */
export interface ContentItem {
  /** The meaning of its concept name; `''` where it has none. */
  name: string;
  /** CONTAINS, HAS OBS CONTEXT, INFERRED FROM … */
  relationship: string;
  value: ContentValue | null;
  children: readonly ContentItem[];
}

export interface StructuredReport {
  title: string;
  /** COMPLETE or PARTIAL, and VERIFIED or UNVERIFIED; `''` where it isn't said. */
  completion: string;
  verification: string;
  /** Who verified it. */
  verifiers: readonly string[];
  content: readonly ContentItem[];
}

/** What a code means; its value where the meaning is missing. */
function meaning(data: DataSet, tag: string): string {
  const [code] = items(data, tag);
  return code === undefined ? '' : text(code, '00080104') || text(code, '00080100');
}

function nameOf(data: DataSet, tag: string): string {
  const { Alphabetic = '', Ideographic = '' } = personName(data, tag);
  return (Alphabetic || Ideographic).replaceAll('^', ' ').trim();
}

function unitOf(measured: DataSet): string {
  const [unit] = items(measured, '004008EA');
  const value = unit && text(unit, '00080100');
  if (unit === undefined || value === '1' || value === '{no units}') return '';
  return text(unit, '00080104') || text(unit, '00080100');
}

function numberOf(data: DataSet): ContentValue {
  const [measured] = items(data, '0040A300');
  if (measured === undefined) return { kind: 'text', text: meaning(data, '0040A301') || '—' };
  return { kind: 'number', value: texts(measured, '0040A30A').join('; '), unit: unitOf(measured) };
}

function imageOf(data: DataSet): ContentValue | null {
  const [reference] = items(data, '00081199');
  if (reference === undefined) return null;
  return {
    kind: 'image',
    image: { instanceUid: text(reference, '00081155'), frame: number(reference, '00081160') ?? 1 },
  };
}

const readers: Readonly<Record<string, (data: DataSet) => ContentValue | null>> = {
  TEXT: (data) => ({ kind: 'text', text: visibleText(text(data, '0040A160')) }),
  NUM: numberOf,
  CODE: (data) => ({ kind: 'text', text: meaning(data, '0040A168') }),
  DATE: (data) => ({ kind: 'date', text: text(data, '0040A121') }),
  TIME: (data) => ({ kind: 'time', text: text(data, '0040A122') }),
  DATETIME: (data) => ({ kind: 'datetime', text: text(data, '0040A120') }),
  PNAME: (data) => ({ kind: 'text', text: nameOf(data, '0040A123') }),
  UIDREF: (data) => ({ kind: 'text', text: text(data, '0040A124') }),
  IMAGE: imageOf,
  COMPOSITE: (data) => ({ kind: 'object', uid: text(items(data, '00081199')[0] ?? {}, '00081155') }),
  WAVEFORM: (data) => ({ kind: 'object', uid: text(items(data, '00081199')[0] ?? {}, '00081155') }),
  SCOORD: (data) => graphicOf(data, 2),
  SCOORD3D: (data) => graphicOf(data, 3),
};

function graphicOf(data: DataSet, dimensions: number): ContentValue {
  return { kind: 'graphic', shape: text(data, '00700023'), points: numbers(data, '00700022').length / dimensions };
}

function readItem(data: DataSet): ContentItem {
  return {
    name: meaning(data, '0040A043'),
    relationship: text(data, '0040A010'),
    value: readers[text(data, '0040A040')]?.(data) ?? null,
    children: items(data, '0040A730').map(readItem),
  };
}

/** Reads the tree of a structured report. */
export function readReport(data: DataSet): StructuredReport {
  return {
    title: meaning(data, '0040A043'),
    completion: text(data, '0040A491'),
    verification: text(data, '0040A493'),
    verifiers: items(data, '0040A073').map((observer) => nameOf(observer, '0040A075')),
    content: items(data, '0040A730').map(readItem),
  };
}

/** All images that a report refers to, each once, in order. */
export function imagesOf(content: readonly ContentItem[]): readonly ImageReference[] {
  const found = new Map<string, ImageReference>();
  const walk = ({ value, children }: ContentItem): void => {
    if (value?.kind === 'image') found.set(`${value.image.instanceUid}/${value.image.frame}`, value.image);
    children.forEach(walk);
  };
  content.forEach(walk);
  return [...found.values()];
}
