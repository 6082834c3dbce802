import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromRoot } from './paths';

/** What is known of a phantom (tests/browser/phantoms): its identity, and the numbers that a viewer must find. */
export interface Phantom {
  study: string;
  series: string[];
  instances: string[];
  patient_id: string;
  patient_name: string;
  /** What the phantom shows, by the names that its module gives. */
  truth: Record<string, unknown>;
}

/** Writes phantoms into a directory, each into a folder of its name. Without names: all but the large ones. */
export async function makePhantoms(directory: string, ...names: string[]): Promise<void> {
  const cwd = fromRoot('tests/browser');
  await promisify(execFile)('/usr/bin/python3', ['-B', '-m', 'phantoms', directory, ...names], { cwd });
}

export async function readPhantom(directory: string, name: string): Promise<Phantom> {
  return JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8')) as Phantom;
}
