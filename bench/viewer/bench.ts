import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, launchOptions, request, type Browser, type Page } from '../../tests/browser/support/browser';
import { Ohif } from '../../tests/browser/support/ohif';
import { makePhantoms, readPhantom, type Phantom } from '../../tests/browser/support/phantoms';
import { adminPassword, System } from '../../tests/browser/support/system';
import { probe } from './probe';

export const run = promisify(execFile);

/** What is measured: a whole Noctis with studies of 123 and 300 slices, OHIF beside it, and browsers. */
export interface Bench {
  system: System;
  ohif: Ohif;
  phantoms: string;
  ct123: Phantom;
  ct300: Phantom;
}

async function seed(system: System, phantoms: string, name: string): Promise<Phantom> {
  await makePhantoms(phantoms, name);
  const phantom = await readPhantom(phantoms, name);
  await system.send(join(phantoms, name));
  await system.arrived(phantom.study, phantom.instances.length);
  return phantom;
}

/** Starts everything, gives it to `work`, and removes it again. */
export async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const system = await System.create({});
  const phantoms = join(system.place.data, 'phantoms');
  let ohif: Ohif | undefined;
  try {
    await system.start();
    const ct123 = await seed(system, phantoms, 'ct-123');
    const ct300 = await seed(system, phantoms, 'ct-300');
    ohif = await Ohif.start(system);
    await work({ system, ohif, phantoms, ct123, ct300 });
  } finally {
    await ohif?.stop();
    await system.remove();
  }
}

/** A browser of its own, to look at its memory as well. */
export interface Fresh {
  browser: Browser;
  pid: number;
}

/** Gives `work` a browser that has seen nothing yet. */
export async function withBrowser<T>(work: (fresh: Fresh) => Promise<T>): Promise<T> {
  const server = await chromium.launchServer({
    ...launchOptions,
    headless: true,
  });
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    return await work({ browser, pid: server.process().pid ?? 0 });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A page of Noctis (logged in) or OHIF, whose doings are noted. */
export async function openPage(browser: Browser, bench: Bench, who: 'noctis' | 'ohif'): Promise<Page> {
  const size = { viewport: { width: 1400, height: 900 }, locale: 'en-GB' };
  const settings =
    who === 'ohif'
      ? { ...size, baseURL: bench.ohif.url }
      : {
          ...size,
          baseURL: bench.system.url,
          storageState: await session(bench.system),
        };
  const context = await browser.newContext(settings);
  await probe(context);
  return context.newPage();
}

type StorageState = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>;
const sessions = new WeakMap<System, Promise<StorageState>>();

function session(system: System): Promise<StorageState> {
  const known = sessions.get(system) ?? logIn(system);
  sessions.set(system, known);
  return known;
}

async function logIn(system: System): Promise<StorageState> {
  const context = await request.newContext({ baseURL: system.url });
  const answer = await context.post('/api/auth/session/', {
    data: { username: 'admin', password: adminPassword },
  });
  if (!answer.ok()) throw new Error(`no session for admin: ${answer.status()} ${await answer.text()}`);
  const state = await context.storageState();
  await context.dispose();
  return state;
}
