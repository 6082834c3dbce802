/** A data set in the DICOM JSON model (PS3.18 annex F): attributes by tag, `GGGGEEEE` in upper case. */
export type DataSet = Readonly<Record<string, Attribute>>;

export interface Attribute {
  vr: string;
  Value?: readonly unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
}

/** The parts of a person's name, each still with its carets; all may be there at once (PS3.5 6.2.1.1). */
export interface PersonName {
  Alphabetic?: string;
  Ideographic?: string;
  Phonetic?: string;
}

function value(data: DataSet, tag: string, index = 0): unknown {
  return data[tag]?.Value?.[index];
}

/** The text of an attribute's value, `''` where there is none. */
export function text(data: DataSet, tag: string, index = 0): string {
  const found = value(data, tag, index);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

/** The number in an attribute's value, `undefined` where there is none. */
export function number(data: DataSet, tag: string, index = 0): number | undefined {
  const found = value(data, tag, index);
  const parsed = typeof found === 'string' ? Number.parseFloat(found) : found;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** All numbers of an attribute; empty where one of its values is none. */
export function numbers(data: DataSet, tag: string): number[] {
  const found = (data[tag]?.Value ?? []).map((_, index) => number(data, tag, index));
  return found.every((one) => one !== undefined) ? found : [];
}

/** All texts of an attribute. */
export function texts(data: DataSet, tag: string): string[] {
  return (data[tag]?.Value ?? []).map((_, index) => text(data, tag, index));
}

/** The items of a sequence. */
export function items(data: DataSet, tag: string): readonly DataSet[] {
  return data[tag]?.vr === 'SQ' ? ((data[tag].Value ?? []) as readonly DataSet[]) : [];
}

export function personName(data: DataSet, tag: string): PersonName {
  const found = value(data, tag);
  return typeof found === 'object' && found !== null ? found : {};
}
