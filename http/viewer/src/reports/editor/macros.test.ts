import { expect, test } from 'vitest';
import type { ReportTemplate, StudyRow } from '../types';
import { bestFirst, macroBefore, macrosFor, typedName } from './macros';

const macros = [
  { name: 'normal', text: 'No abnormality.' },
  { name: '.nodule', text: 'A nodule of {{size}} mm.' },
  { name: 'größe', text: 'Größe' },
];

test('a short name is found where the caret stands behind it', () => {
  const text = 'Lungs: .normal and more';
  const end = text.indexOf(' and');
  expect(macroBefore(text, end, macros)).toEqual({ start: end - '.normal'.length, macro: macros[0] });
  expect(macroBefore(text, end - 1, macros)?.macro).toBe(macros[0]);
  expect(macroBefore(text, text.length, macros)).toBeUndefined();
});

test('case, the dot in a name and letters of any script do not matter', () => {
  expect(macroBefore('.NODULE', 7, macros)?.macro).toBe(macros[1]);
  expect(macroBefore('(.größe', 7, macros)?.macro).toBe(macros[2]);
  expect(macros.map(typedName)).toEqual(['.normal', '.nodule', '.größe']);
});

test('a beginning is enough unless it fits several', () => {
  expect(macroBefore('.nor', 4, macros)?.macro).toBe(macros[0]);
  expect(macroBefore('.no', 3, macros)).toBeUndefined();
});

test('a dot within a word or after a sentence calls nothing', () => {
  expect(macroBefore('size 3.normal', 13, macros)).toBeUndefined();
  expect(macroBefore('done.', 5, macros)).toBeUndefined();
});

const template = (name: string, modality: string, body_part: string, text: string): ReportTemplate => ({
  id: name.length,
  name,
  modality,
  body_part,
  title: name,
  sections: [],
  macros: [{ name: 'normal', text }],
  version: 1,
  changed_by: '',
  updated_at: '',
});

test('the template that fits best comes first, and its macros win', () => {
  const study = { modality: 'CT', modalities: ['CT', 'SR'], body_part: 'HEAD' } as StudyRow;
  const all = [
    template('Any', '', '', 'any'),
    template('MR', 'MR', '', 'mr'),
    template('CT', 'CT', '', 'ct'),
    template('CT head', 'ct', 'head', 'head'),
  ];
  expect(bestFirst(all, study).map(({ name }) => name)).toEqual(['CT head', 'CT', 'Any', 'MR']);
  expect(macrosFor(all, study)).toEqual([{ name: 'normal', text: 'head' }]);
  expect(macrosFor(all.slice(1, 2), study)).toEqual([]);
});
