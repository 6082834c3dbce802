import { expect, test } from 'vitest';
import type { StudyRow } from '../types';
import { byUrgency } from './toRead';

const study = (id: number, more: Partial<StudyRow> = {}) =>
  ({
    id,
    priority: 'routine',
    report_status: null,
    assigned_to: null,
    upload_date: `2026-01-0${id}T00:00:00Z`,
    ...more,
  }) as StudyRow;

test('alerts come first, then urgency, then what has waited longest', () => {
  const all = [
    study(6),
    study(5),
    study(4, { priority: 'urgent' }),
    study(3, { alert: 'acknowledged' }),
    study(2, { priority: 'stat' }),
    study(7, { alert: 'open' }),
    study(8, { alert: 'escalated', priority: 'elective' }),
  ];
  expect(byUrgency(all).map(({ id }) => id)).toEqual([8, 7, 2, 3, 4, 5, 6]);
});
