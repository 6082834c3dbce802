import { visibleText } from './visibleText';

/** A person name (DICOM PS3.5 6.2.1) as it is shown. */
export interface ShownName {
  /** The alphabetic group, `Family, Prefix Given Middle, Suffix`; another group where that one is empty. */
  main: string;
  /** The ideographic group, empty where `main` shows it. */
  ideographic: string;
  /** The phonetic group, empty where `main` shows it. */
  phonetic: string;
}

function western(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  const first = [prefix, given, middle].filter(Boolean).join(' ');
  return [family, first, suffix].filter(Boolean).join(', ');
}

function eastern(group: string): string {
  return group
    .split('^')
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
}

/** Returns the parts of a stored person name (`Yamada^Tarou=山田^太郎=やまだ^たろう`) for people to read. */
export function shownName(stored: string): ShownName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = visibleText(stored).split('=');
  const groups = [western(alphabetic), eastern(ideographic), eastern(phonetic)].filter(Boolean);
  const main = groups[0] ?? '';
  const other = (group: string) => (group === main ? '' : group);
  return { main, ideographic: other(eastern(ideographic)), phonetic: other(eastern(phonetic)) };
}

/** Returns a stored person name in one line, its ideographic group behind it. */
export function nameInLine(stored: string): string {
  const { main, ideographic } = shownName(stored);
  return ideographic === '' ? main : `${main} (${ideographic})`;
}
