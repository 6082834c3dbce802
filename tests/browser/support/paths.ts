import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** An absolute path of something in the repository. */
export function fromRoot(...parts: string[]): string {
  return resolve(root, ...parts);
}

/** Where noctisd and noctisctl are. */
export const programs = resolve(process.env['NOCTIS_PROGRAMS'] ?? fromRoot('build/bin'));

/** Real images, for the tests that read such (docs/developer-guide.md). */
export const testData = process.env['NOCTIS_TEST_DATA'] ?? fromRoot('../shared/data');
