import { fieldsOf, withUsual } from './fields';
import {
  headings,
  type Heading,
  type ReportContent,
  type ReportImage,
  type ReportValue,
  type Section,
  type TemplateContent,
} from '../types';

/** At most so many key images go into a report. */
export const mostImages = 24;

/** Returns the text of a section, empty where there is none. */
export function textOf({ sections }: Pick<ReportContent, 'sections'>, heading: Heading): string {
  return sections.find((section) => section.heading === heading)?.text ?? '';
}

/** Returns all sections, in order, with this one's text. */
export function withText(sections: readonly Section[], heading: Heading, text: string): readonly Section[] {
  return headings.map((one) => ({ heading: one, text: one === heading ? text : textOf({ sections }, one) }));
}

/** Whether nothing is written yet. */
export function isBlank({ sections }: Pick<ReportContent, 'sections'>): boolean {
  return sections.every(({ text }) => text.trim() === '');
}

/** Returns the content with a template's texts: in place of all, or in the sections that are empty. */
export function withTemplate(content: ReportContent, template: TemplateContent, where: 'all' | 'empty'): ReportContent {
  const sections = headings.map((heading) => {
    const written = textOf(content, heading);
    const isKept = where === 'empty' && written.trim() !== '';
    return { heading, text: isKept ? written : textOf(template, heading) };
  });
  const title = where === 'all' || content.title.trim() === '' ? template.title : content.title;
  return { ...content, title: title === '' ? content.title : title, sections };
}

/** Notes where a value that now stands in a section comes from. */
export function withValue(content: ReportContent, value: ReportValue): ReportContent {
  const isKnown = content.values.some(
    ({ heading, source, id, text }) =>
      heading === value.heading && source === value.source && id === value.id && text === value.text,
  );
  return isKnown ? content : { ...content, values: [...content.values, value] };
}

/** The values whose text still stands in their section as it was put there: of others the origin is no longer true. */
export function standingValues(content: ReportContent): readonly ReportValue[] {
  return content.values.filter(({ heading, text }) => textOf(content, heading).includes(text));
}

/** Returns the content as it is sent. */
export function sendable(content: ReportContent): ReportContent {
  return { ...content, values: standingValues(content) };
}

/** Whether two contents say the same. */
export function isSame(a: ReportContent, b: ReportContent): boolean {
  const comparable = (content: ReportContent) =>
    JSON.stringify([
      content.title,
      content.language,
      headings.map((heading) => textOf(content, heading)),
      standingValues(content).map(({ heading, text, source, id, origin }) => [heading, text, source, id, origin]),
      content.images.map(({ sop_instance_uid, frame, caption }) => [sop_instance_uid, frame, caption]),
      content.addendum,
    ]);
  return comparable(a) === comparable(b);
}

/** How many fields are still to be filled in. */
export function openFields(content: ReportContent): number {
  return content.sections.reduce((count, { text }) => count + fieldsOf(text).length, 0);
}

/** Returns the content with what is usual in its fields. */
export function withUsualFields(content: ReportContent): ReportContent {
  return { ...content, sections: content.sections.map(({ heading, text }) => ({ heading, text: withUsual(text) })) };
}

function isImage(a: ReportImage, b: Pick<ReportImage, 'sop_instance_uid' | 'frame'>): boolean {
  return a.sop_instance_uid === b.sop_instance_uid && a.frame === b.frame;
}

export function hasImage({ images }: ReportContent, image: Pick<ReportImage, 'sop_instance_uid' | 'frame'>): boolean {
  return images.some((one) => isImage(one, image));
}

/** Returns the content with an image more, or without it where it has it. */
export function withImage(content: ReportContent, image: ReportImage): ReportContent {
  if (hasImage(content, image)) return { ...content, images: content.images.filter((one) => !isImage(one, image)) };
  return content.images.length >= mostImages ? content : { ...content, images: [...content.images, image] };
}

/** Returns the content with an image one place nearer to the beginning (-1) or the end (1). */
export function withImageMoved(content: ReportContent, index: number, by: -1 | 1): ReportContent {
  const image = content.images[index];
  const place = index + by;
  if (image === undefined || place < 0 || place >= content.images.length) return content;
  return { ...content, images: content.images.toSpliced(index, 1).toSpliced(place, 0, image) };
}

/** Returns the content with this caption at an image. */
export function withCaption(content: ReportContent, index: number, caption: string): ReportContent {
  return { ...content, images: content.images.map((one, at) => (at === index ? { ...one, caption } : one)) };
}
