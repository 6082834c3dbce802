import { expect, test, vi } from 'vitest';
import { nextPage } from './nextPage';

vi.stubGlobal('location', new URL('https://pacs.example/login/'));

test.each([
  ['?next=%2Fviewer%2F1.2.3%3Fcompare%3D4', '/viewer/1.2.3?compare=4'],
  ['', '/worklist/'],
  ['?next=https%3A%2F%2Fevil.example%2Fworklist%2F', '/worklist/'],
  ['?next=%2F%2Fevil.example%2Fworklist%2F', '/worklist/'],
  ['?next=javascript%3Aalert(1)', '/worklist/'],
])('after a login with %s comes %s', (search, page) => {
  expect(nextPage(search)).toBe(page);
});
