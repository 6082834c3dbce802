import { expect, test, vi } from 'vitest';

vi.mock('@/api/preferences', () => ({ usePreference: vi.fn() }));
const { readSettings } = await import('./settings');
const { defaultColumns } = await import('./columnIds');

test('who chose nothing gets what is usual', () => {
  expect(readSettings(undefined)).toEqual({ columns: defaultColumns, saved: [], opensWith: null, details: true });
});

test('columns keep their order, unknown ones are left out', () => {
  expect(readSettings({ columns: ['status', 'gone', 'patient'] }).columns).toEqual(['status', 'patient']);
});

test('saved filters that are none are left out', () => {
  const saved = [{ name: 'CT today', address: '?modality=CT&date=today' }, { name: 3 }, null];
  expect(readSettings({ saved, opensWith: 'CT today' })).toMatchObject({
    saved: [{ name: 'CT today', address: '?modality=CT&date=today' }],
    opensWith: 'CT today',
  });
});
