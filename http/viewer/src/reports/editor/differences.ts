import { diffWordsWithSpace } from 'diff';
import { headings, type Heading, type ReportContent } from '../types';
import { textOf } from './content';

/** A piece of text that is in both, only in the newer, or only in the older. */
export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

export interface Difference {
  part: Heading | 'title' | 'addendum' | 'images';
  pieces: readonly Piece[];
}

/** Returns what was changed from one text to another, word by word. */
export function piecesOf(before: string, after: string): readonly Piece[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

function imagesText({ images }: ReportContent): string {
  return images
    .map(({ sop_instance_uid, frame, caption }) => `${caption === '' ? sop_instance_uid : caption} [${frame}]`)
    .join('\n');
}

/** Returns the parts of a report that were changed. */
export function differencesOf(before: ReportContent, after: ReportContent): readonly Difference[] {
  const texts: readonly (readonly [Difference['part'], string, string])[] = [
    ['title', before.title, after.title],
    ...headings.map((heading) => [heading, textOf(before, heading), textOf(after, heading)] as const),
    ['images', imagesText(before), imagesText(after)],
    ['addendum', before.addendum, after.addendum],
  ];
  return texts.filter(([, old, now]) => old !== now).map(([part, old, now]) => ({ part, pieces: piecesOf(old, now) }));
}
