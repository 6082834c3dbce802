import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type APIRequest, type BrowserContextOptions, type Page } from '@playwright/test';
import { placeVariable } from './globalSetup';
import { Guard } from './guard';
import { fromRoot, testData } from './paths';
import { readPhantom, type Phantom } from './phantoms';
import { System, adminPassword, type Place } from './system';
import { password, type UserName } from './users';

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** What a spec may choose by `test.use`. */
export interface Options {
  /** Who is logged in on `page`; null: nobody. */
  user: UserName | null;
}

interface Fixtures {
  /** Fails the test on errors in the console, failed requests and requests to others. */
  guard: Guard;
  /** Opens another browser with a session of its own, for a second person or for logging out. */
  openAs: (user: UserName, options?: BrowserContextOptions) => Promise<Page>;
  /** Sends a phantom and returns what is known of it. Sending one again changes nothing. */
  seed: (name: string) => Promise<Phantom>;
  /** Writes `build/screenshots/<name>.png`, and `docs/pictures/<name>.png` with NOCTIS_UPDATE_PICTURES=1. */
  shot: (name: string, page?: Page) => Promise<void>;
}

interface WorkerFixtures {
  /** The running system, with REST as the administrator and DICOM. */
  system: System;
  /** The directory of the phantoms, a folder each. */
  phantoms: string;
  /** A logged-in state of each user, made once. */
  sessions: (user: UserName) => Promise<StorageState>;
}

async function logIn(request: APIRequest, system: System, user: UserName): Promise<StorageState> {
  const context = await request.newContext({ baseURL: system.url });
  const data = { username: user, password: user === 'admin' ? adminPassword : password };
  const answer = await context.post('/api/auth/session/', { data });
  expect(answer.ok(), `${user} logs in: ${answer.status()} ${await answer.text()}`).toBe(true);
  const state = await context.storageState();
  await context.dispose();
  return state;
}

/** Playwright's `test` with a running Noctis, a logged-in `page` and a guard over everything that goes wrong. */
export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  user: ['rita', { option: true }],

  system: [
    async ({}, use) => {
      const place = process.env[placeVariable];
      if (place === undefined) throw new Error('the global setup has not started a system');
      await use(new System(JSON.parse(place) as Place));
    },
    { scope: 'worker' },
  ],

  phantoms: [async ({ system }, use) => use(join(system.place.data, 'phantoms')), { scope: 'worker' }],

  sessions: [
    async ({ playwright, system }, use) => {
      const states = new Map<UserName, Promise<StorageState>>();
      await use((user) => {
        const state = states.get(user) ?? logIn(playwright.request, system, user);
        states.set(user, state);
        return state;
      });
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ system }, use) => use(system.url),

  storageState: async ({ user, sessions }, use) => use(user === null ? undefined : await sessions(user)),

  guard: [
    async ({ system, context }, use) => {
      const guard = new Guard(system.url);
      guard.watch(context);
      await use(guard);
      expect(guard.report(), 'nothing goes wrong in the browser').toEqual([]);
    },
    { auto: true },
  ],

  openAs: async ({ browser, guard, playwright, system, contextOptions }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (user, options = {}) => {
      const storageState = await logIn(playwright.request, system, user);
      const settings = { baseURL: system.url, viewport: { width: 1400, height: 900 }, locale: 'en-GB' };
      const context = await browser.newContext({ ...contextOptions, ...settings, ...options, storageState });
      guard.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  seed: async ({ system, phantoms }, use) => {
    await use(async (name) => {
      const phantom = await readPhantom(phantoms, name);
      await system.send(join(phantoms, name));
      await system.arrived(phantom.study, phantom.instances.length);
      return phantom;
    });
  },

  shot: async ({ page }, use) => {
    await use(async (name, shown = page) => {
      const places = ['build/screenshots', ...(process.env['NOCTIS_UPDATE_PICTURES'] === '1' ? ['docs/pictures'] : [])];
      for (const place of places) {
        await mkdir(fromRoot(place), { recursive: true });
        await shown.screenshot({ path: fromRoot(place, `${name}.png`), animations: 'disabled' });
      }
    });
  },
});

/** A folder of real images; the test is skipped where it is not there. */
export function realData(...parts: string[]): string {
  const folder = join(testData, ...parts);
  test.skip(!existsSync(folder), `no ${folder} (NOCTIS_TEST_DATA)`);
  return folder;
}

export { expect };
