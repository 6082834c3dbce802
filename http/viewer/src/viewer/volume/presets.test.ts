import { expect, test } from 'vitest';
import { pointsOf, presetsFor } from './presets';

test('CT begins with bone in HU, whatever its window', () => {
  const [bone] = presetsFor('CT');
  if (bone === undefined) throw new Error('no preset');
  expect(bone.id).toBe('bone');
  expect(pointsOf(bone, [0, 80], 0).opacity[0]).toEqual([140, 0]);
  expect(pointsOf(bone, [0, 80], -0.1).opacity[0]).toEqual([40, 0]);
});

test('other images take the range that they show', () => {
  const [surface] = presetsFor('MR');
  if (surface === undefined) throw new Error('no preset');
  expect(pointsOf(surface, [100, 300], 0).opacity.at(-1)).toEqual([300, 0.8]);
  expect(pointsOf(surface, [100, 300], 0).colours[0]?.[0]).toBe(100);
});

test('each modality can have the greatest value along rays', () => {
  for (const modality of ['CT', 'MR', 'PT', 'NM'])
    expect(presetsFor(modality).some(({ isProjection }) => isProjection)).toBe(true);
});
