import { expect, test } from 'vitest';
import { addressFor, readAddress } from './address';

test('an address names a study and those beside it', () => {
  expect(readAddress({ pathname: '/viewer/1.2.3', search: '?compare=4.5,6.7,4.5,1.2.3,x' })).toEqual({
    study: '1.2.3',
    compare: ['4.5', '6.7'],
  });
  expect(addressFor({ study: '1.2.3', compare: ['4.5', '6.7'] })).toBe('/viewer/1.2.3?compare=4.5,6.7');
});

test('what is no UID names no study', () => {
  expect(readAddress({ pathname: '/viewer/', search: '' })).toBeUndefined();
  expect(readAddress({ pathname: '/viewer/..%2Fadmin', search: '' })).toBeUndefined();
});
