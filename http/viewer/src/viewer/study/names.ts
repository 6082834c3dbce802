import type { PersonName } from './dicomJson';

/** Writes a part of a name: family, then the others. */
function written(part: string): string {
  const [family = '', ...others] = part.split('^').map((one) => one.trim());
  const rest = others.filter(Boolean).join(' ');
  return family !== '' && rest !== '' ? `${family}, ${rest}` : family || rest;
}

/** Writes a person's name in Latin letters, with its own script behind it where there is one. */
export function nameText({ Alphabetic = '', Ideographic = '', Phonetic = '' }: PersonName): string {
  const [latin, own] = [written(Alphabetic), written(Ideographic || Phonetic)];
  if (latin === '' || own === '') return latin || own;
  return `${latin} (${own})`;
}
