import { defineConfig } from '@playwright/test';
import { launchOptions } from './support/browser';
import type { Options } from './support/fixtures';
import { fromRoot } from './support/paths';

export default defineConfig<Options>({
  testDir: 'specs',
  globalSetup: './support/globalSetup.ts',
  outputDir: fromRoot('build/browser-output'),
  reporter: [['list'], ['junit', { outputFile: fromRoot('build/test-results/browser.xml') }]],
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions,
    viewport: { width: 1400, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
