import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../support/fixtures';

const viewer = join(import.meta.dirname, '../../../http/viewer');

test('the types of the web application are those of the API that is served', async ({ system }, info) => {
  const document = info.outputPath('openapi.json');
  const types = info.outputPath('schema.d.ts');
  await writeFile(document, JSON.stringify(await system.json('/api/openapi.json')));
  await promisify(execFile)('npx', ['openapi-typescript', document, '-o', types], { cwd: viewer });
  const kept = await readFile(join(viewer, 'src/api/schema.d.ts'), 'utf8');
  expect(await readFile(types, 'utf8'), 'run npm run api-types -- <URL of /api/openapi.json>').toBe(kept);
});
