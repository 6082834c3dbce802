import { expect, test } from 'vitest';
import { keysOf } from './keys';

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

test('letters are written with shift, signs without', () => {
  expect(keysOf({ ...none, key: 'w' })).toBe('w');
  expect(keysOf({ ...none, key: 'W', shiftKey: true })).toBe('Shift+W');
  expect(keysOf({ ...none, key: '?', shiftKey: true })).toBe('?');
  expect(keysOf({ ...none, key: 'PageDown', shiftKey: true })).toBe('Shift+PageDown');
  expect(keysOf({ ...none, key: '5', ctrlKey: true, altKey: true })).toBe('Ctrl+Alt+5');
});

test('the caps lock changes nothing', () => {
  expect(keysOf({ ...none, key: 'W' })).toBe('w');
});
