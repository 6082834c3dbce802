import { expect, test } from 'vitest';
import { unitSign, withUnit } from './units';

test('units are written as people do', () => {
  const units = ["[hnsf'U]", '1', 'mm3', '%', '{score}', '{counts}', 'ml', 'g/ml{SUVbw}'];
  expect(units.map(unitSign)).toEqual(['HU', '', 'mm³', '%', 'score', 'counts', 'ml', 'SUVbw']);
});

test('degrees stand at their number, a plain number alone', () => {
  expect([withUnit('4', 'mm'), withUnit('4', '°'), withUnit('4', '')]).toEqual(['4 mm', '4°', '4']);
});
