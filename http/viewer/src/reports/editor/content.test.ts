import { expect, test } from 'vitest';
import { headings, type ReportContent, type ReportValue } from '../types';
import {
  isBlank,
  isSame,
  mostImages,
  openFields,
  sendable,
  textOf,
  withImage,
  withImageMoved,
  withTemplate,
  withText,
  withUsualFields,
  withValue,
} from './content';

const empty: ReportContent = { title: '', language: 'en', sections: [], values: [], images: [], addendum: '' };
const written = (text: string): ReportContent => ({ ...empty, sections: withText([], 'findings', text) });
const bleed: ReportValue = { heading: 'findings', text: '15.7 ml', source: 'analysis', id: '7', origin: 'ct-head 1.0' };

test('sections come in the order of reading', () => {
  expect(written('x').sections.map(({ heading }) => heading)).toEqual(headings);
  expect(textOf(written('x'), 'findings')).toBe('x');
  expect(isBlank(written('  \n'))).toBe(true);
});

test('a template replaces all, or fills what is empty', () => {
  const template = {
    name: 't',
    modality: '',
    body_part: '',
    title: 'CT of the head',
    sections: [
      { heading: 'technique', text: 'Unenhanced CT.' },
      { heading: 'findings', text: 'None.' },
    ],
    macros: [],
  } as const;
  const filled = withTemplate(written('Bleed.'), template, 'empty');
  expect([textOf(filled, 'technique'), textOf(filled, 'findings')]).toEqual(['Unenhanced CT.', 'Bleed.']);
  expect(filled.title).toBe('CT of the head');
  expect(textOf(withTemplate(written('Bleed.'), template, 'all'), 'findings')).toBe('None.');
  expect(withTemplate({ ...empty, title: 'Mine' }, template, 'empty').title).toBe('Mine');
});

test('the origin of a value is told for as long as the value stands there', () => {
  const content = withValue(written('Bleed of 15.7 ml.'), bleed);
  expect(withValue(content, bleed).values).toHaveLength(1);
  expect(sendable(content).values).toEqual([bleed]);
  expect(sendable({ ...content, sections: withText(content.sections, 'findings', 'Bleed of 16 ml.') }).values).toEqual(
    [],
  );
});

test('sections that are left out are as if they were empty', () => {
  expect(isSame(empty, { ...empty, sections: withText([], 'findings', '') })).toBe(true);
  expect(isSame(empty, written('x'))).toBe(false);
  expect(isSame(empty, { ...empty, addendum: 'x' })).toBe(false);
});

test('fields are counted and filled', () => {
  const content = written('{{a|one}} {{b}}');
  expect(openFields(content)).toBe(2);
  expect(textOf(withUsualFields(content), 'findings')).toBe('one {{b}}');
});

test('images come, go, and move, and there is an end to them', () => {
  const image = (frame: number) => ({ sop_instance_uid: '1.2', frame, caption: '' });
  const two = withImage(withImage(empty, image(1)), image(2));
  expect(withImage(two, image(1)).images).toEqual([image(2)]);
  expect(withImageMoved(two, 0, 1).images).toEqual([image(2), image(1)]);
  expect(withImageMoved(two, 1, 1)).toBe(two);
  let many = empty;
  for (let frame = 1; frame < 40; ++frame) many = withImage(many, image(frame));
  expect(many.images).toHaveLength(mostImages);
});
