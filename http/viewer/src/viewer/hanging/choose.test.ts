import { expect, test } from 'vitest';
import type { Series, Study } from '../study/model';
import { builtIn } from './builtIn';
import { arrange, chooseProtocol, fitLayout } from './choose';
import { anySeries, type HangingProtocol } from './protocol';

function series(uid: string, modality: string, count = 1, description = '', bodyPart = ''): Series {
  const rest = { studyUid: '1', number: 1, kind: 'images', isRead: false, instances: [] } as const;
  return { ...rest, uid, modality, count, description, bodyPart };
}

function study(...all: Series[]): Study {
  const patient = { name: {}, id: '', issuer: '', birthDate: '', sex: '' };
  return { uid: '1', patient, date: '', time: '', description: '', accession: '', series: all };
}

const shown = (protocol: HangingProtocol | undefined, ...studies: Study[]) =>
  protocol && arrange(protocol, studies).map(({ content }) => ('series' in content ? content.series : ''));

test('a protocol is chosen by modality and body part', () => {
  const chest = study(series('a', 'CT', 100, '', 'CHEST'));
  expect(chooseProtocol(builtIn, chest, false)?.id).toBe('ct-chest');
  expect(chooseProtocol(builtIn, study(series('a', 'CT', 30, 'ROUTINE BRAIN')), false)?.id).toBe('ct-head');
  expect(chooseProtocol(builtIn, study(series('a', 'MG')), false)?.id).toBe('mammography');
  expect(chooseProtocol(builtIn, study(series('a', 'XA')), false)?.id).toBe('any');
  expect(chooseProtocol(builtIn, chest, true)?.id).toBe('comparison');
});

test('a chest shows the same series in two windows', () => {
  const chest = study(series('a', 'CT', 100, '', 'CHEST'));
  const protocol = chooseProtocol(builtIn, chest, false);
  expect(protocol && arrange(protocol, [chest]).map(({ window }) => window)).toEqual(['mediastinum', 'lung']);
  expect(shown(protocol, chest)).toEqual(['a', 'a']);
});

test('localisers and summaries come after the stacks', () => {
  const head = study(series('scout', 'CT', 1), series('thin', 'CT', 54), series('thick', 'CT', 58));
  expect(shown(builtIn.at(-1), head)).toEqual(['thin']);
});

test('a comparison shows the current study and the other', () => {
  const current = study(series('now', 'CT', 20));
  const prior = { ...study(series('then', 'CT', 20)), uid: '2' };
  expect(shown(chooseProtocol(builtIn, current, true), current, prior)).toEqual(['now', 'then']);
});

test('a grid shrinks to the series that there are', () => {
  const protocol = builtIn.find(({ id }) => id === 'mr');
  const two = study(series('a', 'MR', 20), series('b', 'MR', 20));
  expect(protocol && fitLayout(protocol, arrange(protocol, [two]))).toEqual({ rows: 1, columns: 2 });
});

test('a rule can name the series by words of its description', () => {
  const protocol = { ...(builtIn[0] as HangingProtocol), panes: [{ ...anySeries, description: 'flair' }] };
  expect(shown(protocol, study(series('a', 'MR', 20, 'T1'), series('b', 'MR', 20, 'sT2W/FLAIR')))).toEqual(['b']);
});
