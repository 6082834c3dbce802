import { expect, it } from 'vitest';
import type { DataSet } from '../study/dicomJson';
import { imagesOf, readReport } from './structuredReport';

const value = (vr: string, ...Value: unknown[]) => ({ vr, Value });
const code = (CodeMeaning: string, CodeValue = '') =>
  value('SQ', { '00080100': value('SH', CodeValue), '00080104': value('LO', CodeMeaning) });
const item = (type: string, name: string, more: DataSet = {}): DataSet => ({
  '0040A010': value('CS', 'CONTAINS'),
  '0040A040': value('CS', type),
  '0040A043': code(name),
  ...more,
});
const children = (...all: DataSet[]): DataSet => ({ '0040A730': value('SQ', ...all) });

const image = item('IMAGE', 'Source', {
  '00081199': value('SQ', { '00081155': value('UI', '1.2.3'), '00081160': value('IS', 4) }),
});
const length = item('NUM', 'Length', {
  '0040A300': value('SQ', { '0040A30A': value('DS', 50.5), '004008EA': code('millimeter', 'mm') }),
  ...children(
    item('SCOORD', 'Path', {
      '00700023': value('CS', 'POLYLINE'),
      '00700022': value('FL', 1, 2, 3, 4),
      ...children(image),
    }),
  ),
});
const report = readReport({
  '0040A043': code('Imaging Report'),
  '0040A491': value('CS', 'COMPLETE'),
  ...children(
    item(
      'CONTAINER',
      'Findings',
      children(item('TEXT', 'Finding', { '0040A160': value('UT', '<b>none</b>') }), length),
    ),
    item('CODE', 'Side', { '0040A168': code('Left') }),
    item('PNAME', 'Observer', { '0040A123': value('PN', { Alphabetic: 'Doe^Jane' }) }),
    item('NUM', 'Ratio', { '0040A301': code('Not a number') }),
  ),
});

it('reads the title and whether it is complete', () => {
  expect(report).toMatchObject({ title: 'Imaging Report', completion: 'COMPLETE', verification: '' });
});

it('reads containers with what they contain, as text', () => {
  const [findings] = report.content;
  expect(findings).toMatchObject({ name: 'Findings', value: null });
  expect(findings?.children[0]?.value).toEqual({ kind: 'text', text: '<b>none</b>' });
});

it('reads numbers with their units, and why there are none', () => {
  expect(report.content[0]?.children[1]?.value).toEqual({ kind: 'number', value: '50.5', unit: 'millimeter' });
  expect(report.content[3]?.value).toEqual({ kind: 'text', text: 'Not a number' });
});

it('reads what codes mean and how people are called', () => {
  expect(report.content[1]?.value).toEqual({ kind: 'text', text: 'Left' });
  expect(report.content[2]?.value).toEqual({ kind: 'text', text: 'Doe Jane' });
});

it('finds images however deep', () => {
  expect(imagesOf(report.content)).toEqual([{ instanceUid: '1.2.3', frame: 4 }]);
});
