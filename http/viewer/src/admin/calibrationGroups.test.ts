import { expect, test } from 'vitest';
import type { CalibrationPoint } from '@/api/analyses';
import { byMaterial, byStation } from './calibrationGroups';

const point = (station: string, material: string, at: string, expected_hu = 0) =>
  ({ station, material, at, expected_hu }) as CalibrationPoint;

test('stations stand by name, what they measured by time', () => {
  const stations = byStation([
    point('CT2', 'water', '2026-02-01T00:00:00Z'),
    point('CT1', 'water', '2026-03-01T00:00:00Z'),
    point('CT1', 'water', '2026-01-01T00:00:00+01:00'),
  ]);
  expect(stations.map(({ name, points }) => [name, points.map(({ at }) => at.slice(0, 10))])).toEqual([
    ['CT1', ['2026-01-01', '2026-03-01']],
    ['CT2', ['2026-02-01']],
  ]);
});

test('materials stand from the lightest to the heaviest', () => {
  const at = '2026-01-01T00:00:00Z';
  const materials = byMaterial([point('a', 'teflon', at, 990), point('a', 'air', at, -1000), point('a', 'water', at)]);
  expect(materials.map(({ name }) => name)).toEqual(['air', 'water', 'teflon']);
});
