import { headings, type Heading, type ReportContent } from '../types';
import { textOf } from './content';

/** Returns a report as plain text, its sections under their names. */
export function plainText(content: ReportContent, nameOf: (heading: Heading | 'addendum') => string): string {
  const parts = headings.map((heading) => [nameOf(heading), textOf(content, heading)] as const);
  return [
    content.title,
    ...[...parts, [nameOf('addendum'), content.addendum] as const]
      .filter(([, text]) => text.trim() !== '')
      .map(([name, text]) => `${name}\n${text.trim()}`),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}
