import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromRoot, programs } from './paths';
import { makePhantoms } from './phantoms';
import { System, type Place } from './system';
import { people, password } from './users';

/** Where the tests' processes find the system. */
export const placeVariable = 'NOCTIS_BROWSER_PLACE';

/** What fits tests: what a person waits a minute for happens within seconds. Programs built elsewhere serve our pages. */
function configuration(): object {
  const ownPages = programs !== fromRoot('build/bin') && existsSync(fromRoot('build/web'));
  return {
    ingest: { study_complete_after: 3 },
    ...(ownPages && { http: { web_root: fromRoot('build/web') } }),
  };
}

async function addPeople(system: System): Promise<void> {
  for (const [name, { role, fullName }] of Object.entries(people)) {
    await system.addUser(name, role, fullName, password);
  }
}

/** The system that stays in this directory from run to run. */
async function keptSystem(data: string): Promise<System> {
  const known = join(data, 'place.json');
  if (existsSync(known)) {
    const system = new System(JSON.parse(readFileSync(known, 'utf8')) as Place);
    await system.start();
    return system;
  }
  const system = await System.create(configuration(), data);
  await system.start();
  await addPeople(system);
  writeFileSync(known, JSON.stringify(system.place));
  return system;
}

async function freshSystem(): Promise<System> {
  const system = await System.create(configuration());
  try {
    await system.start();
    await addPeople(system);
    return system;
  } catch (reason) {
    await system.remove();
    throw reason;
  }
}

/** Starts the one system of all specs, with its users and phantoms; the function returned stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const kept = process.env['NOCTIS_BROWSER_DATA'];
  const system = kept === undefined ? await freshSystem() : await keptSystem(resolve(kept));
  process.env[placeVariable] = JSON.stringify(system.place);
  await makePhantoms(join(system.place.data, 'phantoms'));
  return async () => {
    if (kept === undefined) await system.remove();
  };
}
