// Templates and macros hold fields, `{{name|default}}` or `{{name}}`, through which Tab leads.

const pattern = /\{\{([^{}|\n]+)(?:\|([^{}\n]*))?\}\}/g;

export interface Field {
  start: number;
  end: number;
  name: string;
  /** Empty: there is none. */
  usual: string;
}

/** Returns the fields of a text that are still to be filled in. */
export function fieldsOf(text: string): readonly Field[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: (match[1] ?? '').trim(),
    usual: match[2] ?? '',
  }));
}

/** The first field that begins at `from` or later. */
export function fieldFrom(text: string, from: number): Field | undefined {
  return fieldsOf(text).find(({ start }) => start >= from);
}

/** The last field that ends at `before` or earlier. */
export function fieldBefore(text: string, before: number): Field | undefined {
  return fieldsOf(text).findLast(({ end }) => end <= before);
}

/** The field that is selected as a whole. */
export function selectedField(text: string, start: number, end: number): Field | undefined {
  return fieldsOf(text).find((field) => field.start === start && field.end === end);
}

/** Returns the text with what is usual in the fields that have it; the others stay. */
export function withUsual(text: string): string {
  return text.replace(pattern, (whole, _: string, usual?: string) =>
    usual === undefined || usual === '' ? whole : usual,
  );
}
