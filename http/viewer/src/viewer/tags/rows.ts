import { visibleText } from '@/shell/visibleText';
import type { Attribute, DataSet } from '../study/dicomJson';

/** An attribute in the list, or the beginning of an item of a sequence. */
export interface TagRow {
  /** Unique in the list: the way to it. */
  path: string;
  depth: number;
  tag: string;
  keyword: string;
  vr: string;
  /** The value as text, bounded. */
  value: string;
  isPrivate: boolean;
  /** Where a large value can be fetched. */
  bulk?: string;
}

/** Longer values are cut: nobody reads more in a list. */
export const longestValue = 400;

function personText(value: object): string {
  return ['Alphabetic', 'Ideographic', 'Phonetic']
    .map((group) => (group in value ? String((value as Record<string, unknown>)[group]) : ''))
    .join('=')
    .replace(/=+$/, '');
}

function oneText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return personText(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function valueText({ vr, Value = [], BulkDataURI, InlineBinary }: Attribute): string {
  if (vr === 'SQ') return '';
  if (BulkDataURI !== undefined) return '';
  if (InlineBinary !== undefined)
    return InlineBinary.length > longestValue ? `${InlineBinary.slice(0, longestValue)}…` : InlineBinary;
  const text = visibleText(Value.slice(0, longestValue).map(oneText).join('\\'));
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** Writes a tag as people know it. */
export function tagText(tag: string): string {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`;
}

function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;
}

/** Returns all attributes of a data set, those in sequences under these, in the order of their tags. */
export function tagRows(data: DataSet, keywordOf: (tag: string) => string, depth = 0, path = ''): readonly TagRow[] {
  return Object.entries(data)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([tag, attribute]) => {
      const at = `${path}/${tag}`;
      const common = { depth, tag, isPrivate: isPrivate(tag), keyword: keywordOf(tag) };
      const bulk = attribute.BulkDataURI === undefined ? {} : { bulk: attribute.BulkDataURI };
      const row: TagRow = { ...common, path: at, vr: attribute.vr, value: valueText(attribute), ...bulk };
      return [row, ...itemRows(attribute, keywordOf, depth, at)];
    });
}

function itemRows(
  { vr, Value = [] }: Attribute,
  keywordOf: (tag: string) => string,
  depth: number,
  path: string,
): TagRow[] {
  if (vr !== 'SQ') return [];
  return (Value as readonly (DataSet | null)[]).flatMap((item, index) => {
    const at = `${path}/${index + 1}`;
    const head = { path: at, depth: depth + 1, tag: '', keyword: `${index + 1}`, vr: '', value: '', isPrivate: false };
    return [head, ...tagRows(item ?? {}, keywordOf, depth + 2, at)];
  });
}

/** Whether an attribute's tag, keyword or value has the text in it. */
export function matches({ tag, keyword, value }: TagRow, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  const digits = wanted.replace(/[(),\s]/g, '');
  return (
    wanted === '' ||
    keyword.toLowerCase().includes(wanted) ||
    value.toLowerCase().includes(wanted) ||
    (digits !== '' && tag.toLowerCase().includes(digits))
  );
}
