import { expect, test } from 'vitest';
import type { Series, Study } from '../study/model';
import { phantomSeries } from '../volume/phantoms';
import { fusionPair } from './fusionPair';

function series(uid: string, modality: string, frame = '1.2.3', count = 5): Series {
  const made = phantomSeries({ distances: Array.from({ length: count }, (_, index) => index) });
  const instances = made.instances.map((instance) => ({
    ...instance,
    data: { ...instance.data, '00200052': { vr: 'UI', Value: [frame] } },
  }));
  return { ...made, uid, modality, instances };
}

const study = (...all: Series[]): Study => ({
  uid: '1',
  patient: { name: {}, id: '', issuer: '', birthDate: '', sex: '' },
  date: '',
  time: '',
  description: '',
  accession: '',
  series: all,
});

test('PET is laid over CT of the same frame of reference, whichever is active', () => {
  const [ct, pet] = [series('ct', 'CT'), series('pet', 'PT')];
  for (const active of [ct, pet]) {
    const pair = fusionPair(active, [study(ct, pet)]);
    expect([pair?.base.uid, pair?.overlay.uid]).toEqual(['ct', 'pet']);
  }
});

test('the fullest series is taken', () => {
  const pet = series('pet', 'PT');
  expect(
    fusionPair(pet, [study(series('scout', 'CT', '1.2.3', 3), series('ct', 'CT', '1.2.3', 9), pet)])?.base.uid,
  ).toBe('ct');
});

test('another frame of reference is not fused', () => {
  expect(fusionPair(series('ct', 'CT'), [study(series('pet', 'PT', '9.9'))])).toBeUndefined();
});
