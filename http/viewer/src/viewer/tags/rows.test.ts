import { expect, it } from 'vitest';
import { longestValue, matches, tagRows } from './rows';

const keywordOf = (tag: string) => (tag === '00100010' ? 'PatientName' : '');
const rows = tagRows(
  {
    '00200013': { vr: 'IS', Value: [7] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane', Phonetic: 'x' }] },
    '00081140': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['1.2'] } }, {}] },
    '00091001': { vr: 'LO', Value: ['a', 'b'] },
    '7FE00010': { vr: 'OW', BulkDataURI: 'http://other/bulk' },
    '00204000': { vr: 'LT', Value: ['x'.repeat(10_000)] },
  },
  keywordOf,
);
const rowOf = (tag: string) => rows.find((row) => row.tag === tag);

it('lists attributes by tag, items of sequences under them', () => {
  expect(rows.map(({ tag, depth }) => `${depth} ${tag}`)).toEqual([
    '0 00081140',
    '1 ',
    '2 00081155',
    '1 ',
    '0 00091001',
    '0 00100010',
    '0 00200013',
    '0 00204000',
    '0 7FE00010',
  ]);
});

it('writes all groups of names and all values', () => {
  expect(rowOf('00100010')).toMatchObject({ value: 'Doe^Jane==x', keyword: 'PatientName' });
  expect(rowOf('00091001')).toMatchObject({ value: 'a\\b', isPrivate: true });
});

it('bounds long values and says where large ones are', () => {
  expect(rowOf('00204000')?.value).toHaveLength(longestValue + 1);
  expect(rowOf('7FE00010')?.bulk).toBe('http://other/bulk');
});

it('finds by name, tag and value', () => {
  const found = (query: string) => rows.filter((row) => matches(row, query)).map(({ tag }) => tag);
  expect(found('patientn')).toEqual(['00100010']);
  expect(found('(0010,00')).toEqual(['00100010']);
  expect(found('JANE')).toEqual(['00100010']);
});
