import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { programs } from '../support/paths';
import { openReport, sign, storedReport } from '../support/reports';
import { readCanvas, shapesOf, type Extent, type Picture, type Rgba } from '../support/pixels';
import { eventually, type System } from '../support/system';
import { PaneProbe } from '../support/viewer';
import { millimetresPerPixel } from '../support/volumes';

/** Makes a phantom with noctisctl and sends its files with storescu; returns what noctisctl says of it. */
async function sendPhantom(system: System, kind: string): Promise<Record<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'noctis-phantom-'));
  try {
    const told = await system.ctl(['--json', 'phantom', kind, '--out', directory, '--columns', '256']);
    await system.send(directory);
    return JSON.parse(told) as Record<string, string>;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Waits until a study's analysis has ended. */
async function analysed(system: System, study: string): Promise<void> {
  await eventually(`the analysis of ${study}`, 180, async () => {
    const { state } = await system.json<{ state: string | null }>(`/api/studies/${study}/analyses/`);
    return state === 'done' ? state : undefined;
  });
}

/** The words of a PDF that the server makes. */
async function textOfPdf(system: System, path: string): Promise<string> {
  const answer = await system.request(path);
  const reader = promisify(execFile)('pdftotext', ['-layout', '-', '-']);
  reader.child.stdin?.end(Buffer.from(await answer.arrayBuffer()));
  return (await reader).stdout;
}

const rowOf = (page: Page, patient: string) => page.getByRole('row').filter({ hasText: patient }).first();
const bell = (page: Page) => page.getByRole('button', { name: /^Alerts/ });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Machine analyses' });
const head = (page: Page) => panel(page).getByRole('article', { name: 'CT of the head' });
const bleeding = (page: Page) => head(page).getByRole('list', { name: 'Marked places' }).getByRole('listitem').first();

async function openAnalyses(page: Page, study: string): Promise<PaneProbe> {
  await page.goto(`/viewer/${study}`);
  const pane = new PaneProbe(page);
  await pane.shows();
  await page.getByRole('button', { name: 'Machine analyses' }).click();
  await expect(bleeding(page)).toContainText('Bleeding');
  return pane;
}

async function openCount(page: Page): Promise<number> {
  const [, count = '0'] = /(\d+) open/.exec((await bell(page).getAttribute('aria-label')) ?? '') ?? [];
  return Number(count);
}

const middle = ({ left, right, top, bottom }: Extent) => [(left + right) / 2, (top + bottom) / 2] as const;

function distance([x, y]: readonly [number, number], [u, v]: readonly [number, number]): number {
  return Math.hypot(x - u, y - v);
}

/** Where a marker's ring lies on its pane (CSS pixels). */
async function ringAt(circle: Locator): Promise<readonly [number, number]> {
  return [Number(await circle.getAttribute('cx')), Number(await circle.getAttribute('cy'))];
}

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

let bleed = '';

test('the alert of a bleed shows in an open worklist, and rings', async ({ page, system, shot }) => {
  await page.goto('/worklist/?search=PHANTOM-head-bleed');
  await expect(page.getByText('No study matches these filters.')).toBeVisible();
  bleed = (await sendPhantom(system, 'head-bleed'))['study_instance_uid'] ?? '';
  const row = rowOf(page, 'PHANTOM-head-bleed');
  await expect(row.getByRole('button', { name: /^Alert: / })).toBeVisible({ timeout: 180_000 });
  await expect(row).toContainText('Urgent');
  await expect(page.getByRole('log')).toContainText('Urgent, found by a machine');
  await expect(bell(page)).toHaveAccessibleName(/[1-9]\d* open/);
  await bell(page).click();
  const list = page.getByRole('dialog', { name: /^Alerts/ });
  await expect(list).toContainText('Phantom, Head-bleed');
  await expect(list.getByRole('link', { name: 'Open images' }).first()).toHaveAttribute('href', `/viewer/${bleed}`);
  await expectAccessible(page, 'worklist with the list of alerts');
  await shot('alerts');
});

test('the overlay lies on the bleed, and so does the mark of the finding', async ({ page, system, shot }) => {
  await analysed(system, bleed);
  const pane = await openAnalyses(page, bleed);
  await head(page).getByRole('button', { name: 'Overlay' }).click();
  const layer = pane.viewport.locator('canvas.noctis-overlaid');
  const ring = page.locator('[data-finding-marker] circle');
  await expect(ring).toBeVisible();
  await expect(head(page).getByRole('button', { name: 'Show Hemorrhage' })).toHaveAttribute('aria-pressed', 'true');
  await expect(head(page).getByRole('button', { name: 'Show Brain', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );

  const scale = await millimetresPerPixel(pane);
  const at = await ringAt(ring);
  const near = (one: Extent) => distance(middle(one), at);
  const nearest = (shapes: Extent[]) => shapes.sort((a, b) => near(a) - near(b))[0];
  // The mask's segments are told apart by their colours.
  const colourOf = ({ width, rgba }: Picture) => {
    const under = 4 * (Math.round(at[1]) * width + Math.round(at[0]));
    return rgba.subarray(under, under + 4);
  };
  await expect.poll(async () => colourOf(await readCanvas(layer))[3], 'the overlay is drawn').toBeGreaterThan(0);
  const masks = await readCanvas(layer);
  const colour = colourOf(masks);
  const isLikeIt = (one: Rgba) => one.every((value, i) => Math.abs(value - (colour[i] ?? 0)) <= 24);
  const mask = nearest(shapesOf(masks, isLikeIt).filter(({ area }) => area > 100));
  // Without what is laid over it, the bleed is brighter than brain and darker than bone.
  const isBlood = ([red]: Rgba) => red >= 137 && red <= 180;
  const seen = nearest(shapesOf(await pane.settled(), isBlood).filter(({ area }) => area > 100));
  if (mask === undefined || seen === undefined) throw new Error('no mask or no bleed');
  expect(distance(middle(mask), middle(seen)) * scale, 'mm from the middle of the bleed').toBeLessThan(3);
  for (const side of ['left', 'right', 'top', 'bottom'] as const)
    expect(Math.abs(mask[side] - seen[side]) * scale, `mm at the ${side}`).toBeLessThan(4);
  expect(distance(at, middle(seen)) * scale, 'mm from the mark to the bleed').toBeLessThan(4);
  await shot('analyses');

  await head(page).getByRole('button', { name: 'Overlay' }).click();
  await expect.poll(async () => shapesOf(await readCanvas(layer), ([, , , alpha]) => alpha > 0).length).toBe(0);
});

test('a finding leads to its place after one has gone elsewhere', async ({ page }) => {
  const pane = await openAnalyses(page, bleed);
  await bleeding(page).getByRole('button', { name: 'Go to Bleeding' }).click();
  await expect(page.locator('[data-finding-marker]')).toBeVisible();
  await expect(pane.viewport).not.toHaveAttribute('data-index', '0'); // the bleed is not on the first image
  const index = await pane.viewport.getAttribute('data-index');
  await pane.viewport.hover();
  for (let step = 0; step < 12; step++) await page.mouse.wheel(0, 120);
  await expect(pane.viewport).not.toHaveAttribute('data-index', index ?? '');
  await expect(page.locator('[data-finding-marker]')).toHaveCount(0);
  await bleeding(page).getByRole('button', { name: 'Go to Bleeding' }).click();
  await expect(pane.viewport).toHaveAttribute('data-index', index ?? '');
  await expect(page.locator('[data-finding-marker]')).toBeVisible();
});

test('a verdict survives a reload, others see it, and it can be withdrawn', async ({ page, openAs }) => {
  await openAnalyses(page, bleed);
  await expect(panel(page)).toContainText('Machine-made, not for diagnosis');
  const accept = bleeding(page).getByRole('button', { name: /^Accept/ });
  const reject = bleeding(page).getByRole('button', { name: /^Reject/ });
  await accept.click();
  await expect(accept).toHaveAttribute('aria-pressed', 'true');
  await openAnalyses(page, bleed);
  await expect(accept).toHaveAttribute('aria-pressed', 'true');
  await expect(bleeding(page)).toContainText('Accepted by');
  await reject.click();
  await expect(bleeding(page)).toHaveAttribute('data-verdict', 'rejected');

  const other = await openAs('vera');
  await openAnalyses(other, bleed);
  await expect(bleeding(other)).toContainText('Rejected by');
  await expect(bleeding(other).getByRole('button', { name: /^Accept/ })).toHaveCount(0);

  await bleeding(page)
    .getByRole('button', { name: /^Withdraw/ })
    .click();
  await expect(bleeding(page)).not.toHaveAttribute('data-verdict', /./);
  await openAnalyses(page, bleed);
  await expect(reject).toHaveAttribute('aria-pressed', 'false');
});

test('whoever acknowledges an alert clears it for the others', async ({ page, openAs }) => {
  await page.goto('/worklist/?search=PHANTOM-head-bleed');
  await expect(bell(page)).toHaveAccessibleName(/open/);
  const before = await openCount(page);
  const other = await openAs('ravi');
  await other.goto(`/viewer/${bleed}`);
  await other.getByRole('button', { name: /^Alert: / }).click();
  const dialog = other.getByRole('dialog', { name: 'Alerts of this study' });
  await dialog.getByLabel(/^Note/).fill('Told the ward by telephone');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(dialog).toContainText('Acknowledged by');
  await expect(dialog).toContainText('Told the ward by telephone');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(other.getByRole('button', { name: /^Alert: / })).toHaveCount(0);
  await expect.poll(() => openCount(page), 'alerts that ring elsewhere').toBe(before - 1);
  await expect(rowOf(page, 'PHANTOM-head-bleed').getByRole('button', { name: /^Alert seen/ })).toBeVisible();
});

test('a study is analysed again by whoever may', async ({ page, openAs }) => {
  await openAnalyses(page, bleed);
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await expect(page.getByRole('log')).toContainText('The analysis is queued.');
  await expect(page.getByRole('button', { name: 'Analyse again' })).toBeEnabled({ timeout: 180_000 });
  await expect(bleeding(page)).toContainText('Bleeding');
  const other = await openAs('vera');
  await openAnalyses(other, bleed);
  await expect(other.getByRole('button', { name: 'Analyse again' })).toHaveCount(0);
});

test('the volume of the bleed is pulled into a report, which is signed and amended', async ({ page, system, shot }) => {
  await openReport(page, bleed);
  const findings = page.getByRole('textbox', { name: 'Findings' });
  await findings.fill('');
  const offers = page.getByRole('region', { name: 'Found by analysis' }).getByRole('list', { name: /^ct-head/ });
  const language = page.getByRole('button', { name: /Language/ });
  await language.click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(offers.getByRole('button', { name: /^Insert “Blutung \(.*\): .* mm, .* ml/ }).first()).toBeVisible();
  await language.click();
  await page.getByRole('option', { name: 'English' }).click();
  await offers
    .getByRole('button', { name: /^Insert “Bleeding.* ml/ })
    .first()
    .click();
  await expect(findings).toHaveValue(/^Bleeding \(.*\): ⌀ .* mm, volume [\d.]+ ml, mean [\d.]+ HU$/);
  await expect(page.getByRole('region', { name: 'In this report' })).toContainText('ct-head');
  await page.getByRole('textbox', { name: 'Impression' }).fill('Intracerebral haemorrhage.');
  await shot('report-values');
  await sign(page, 'final');
  await expect(page.getByText('The signature is intact')).toBeVisible();

  const report = await storedReport(system, bleed);
  const { results } = await system.json<{ results: { findings: { id: number; volume_ml: number }[] }[] }>(
    `/api/studies/${bleed}/analyses/`,
  );
  const [value] = report?.content.values ?? [];
  const source = results.flatMap((run) => run.findings).find(({ id }) => String(id) === value?.id);
  expect(report).toMatchObject({ status: 'final', version: 1 });
  expect(value?.source).toBe('analysis');
  const volume = /([\d.]+) ml/.exec(value?.text ?? '')?.[1] ?? '';
  expect(Math.abs(Number(volume) - (source?.volume_ml ?? NaN))).toBeLessThan(0.06);

  await page.getByRole('button', { name: 'Amend' }).click();
  await page.getByRole('textbox', { name: /^Addendum/ }).fill('Told to the neurosurgeon.');
  await sign(page, 'amendment');
  await expect(page.getByText('Version 2', { exact: true }).first()).toBeVisible();
  const [first, second] = await Promise.all(
    [1, 2].map((version) => textOfPdf(system, `/api/reports/${report?.id ?? 0}/versions/${version}/pdf/`)),
  );
  for (const text of [first, second]) {
    expect(text).toContain(`${volume} ml`);
    expect(text).toContain('Intracerebral haemorrhage.');
    expect(text).not.toContain('{{');
  }
  expect(first).not.toContain('neurosurgeon');
  expect(second).toContain('Told to the neurosurgeon.');
});

for (const theme of ['dark', 'light'])
  test(`the panel of analyses is accessible in the ${theme} theme`, async ({ page, shot }) => {
    await page.addInitScript((name) => localStorage.setItem('noctis.theme', name), theme);
    await openAnalyses(page, bleed);
    await bleeding(page)
      .getByRole('button', { name: /^Reject/ })
      .click();
    await expect(bleeding(page)).toHaveAttribute('data-verdict', 'rejected');
    await expectAccessible(page, `analyses, ${theme}`);
    await shot(`analyses-${theme}`);
    await bleeding(page)
      .getByRole('button', { name: /^Withdraw/ })
      .click();
    await expect(bleeding(page)).not.toHaveAttribute('data-verdict', /./);
  });

test.describe('the administrator', () => {
  test.use({ user: 'admin' });

  for (const theme of ['dark', 'light'])
    test(`sees how analysers and the scanner do, ${theme} theme`, async ({ page, system, shot }) => {
      await page.addInitScript((name) => localStorage.setItem('noctis.theme', name), theme);
      const { results } = await system.json<{ results: unknown[] }>('/api/analysis/calibration/');
      if (results.length === 0) {
        const water = (await sendPhantom(system, 'water'))['study_instance_uid'] ?? '';
        await analysed(system, water);
      }
      await page.goto('/admin/#dashboard');
      await expect(page.getByRole('row').filter({ hasText: 'ct-head' })).toBeVisible();
      await expect(page.getByText('No model is installed.')).toBeVisible();
      await expect(page.getByRole('row').filter({ hasText: 'analysis' })).toBeVisible();
      await expectAccessible(page, `dashboard, ${theme}`);
      await shot(`dashboard-${theme}`);
      await page.getByRole('tab', { name: 'HU calibration' }).click();
      await expect(page.getByRole('img', { name: /^Water at PHANTOM/ })).toBeVisible();
      await page.getByText('As a table').first().click();
      await expect(page.getByRole('table').first()).toContainText('±');
      await expectAccessible(page, `calibration, ${theme}`);
      await shot(`calibration-${theme}`);
    });

  test('sees which models are installed, and what they found', async ({ page, system, shot }) => {
    const models = join(system.place.data, 'models');
    await promisify(execFile)(join(programs, 'example_model'), [models]);
    try {
      const head = (await sendPhantom(system, 'head'))['study_instance_uid'] ?? '';
      await analysed(system, head);
      await page.goto('/admin/#dashboard');
      const row = page.getByRole('row').filter({ hasText: 'brightness' }).filter({ hasText: 'MIT' });
      await expect(row).toContainText('Ready');
      await expect(page.getByText('No model is installed.')).toHaveCount(0);
      await shot('dashboard-models');
      await page.goto(`/viewer/${head}`);
      await page.getByRole('button', { name: 'Machine analyses' }).click();
      await expect(panel(page).getByRole('article', { name: 'model-brightness' })).toContainText('Brightness');
      await shot('analyses-model');
    } finally {
      await rm(models, { recursive: true, force: true });
    }
  });

  test('looks at the jobs of a queue, their studies and details', async ({ page }) => {
    await page.goto('/admin/#jobs');
    await page.getByRole('button', { name: /Queue/ }).click();
    await page.getByRole('option', { name: 'analysis' }).click();
    const job = page.getByRole('row').filter({ hasText: 'analysis' }).first();
    await expect(job.getByRole('link', { name: 'Open images' })).toHaveAttribute('href', /^\/viewer\/[\d.]+$/);
    await job.getByRole('button', { name: /^Details/ }).click();
    await expect(page.getByRole('dialog', { name: /^Details/ })).toContainText('study_uid');
    await expectAccessible(page, 'details of a job');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /Jobs shown/ }).click();
    await page.getByRole('option', { name: 'Failed' }).click();
    await expect(page.getByText(/These jobs have used up their attempts/)).toBeVisible();
  });
});
