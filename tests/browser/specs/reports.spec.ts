import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { addTemplate, openReport, saved, sign, storedReport } from '../support/reports';
import { eventually } from '../support/system';

const words = { findings: 'Findings', impression: 'Impression' } as const;

test.describe.configure({ mode: 'serial' });

test('a report is drafted with template, fields and macro, and survives a reload', async ({
  page,
  seed,
  system,
  shot,
}) => {
  const { study } = await seed('ruler');
  const template = await addTemplate(system, `Ruler ${Date.now()}`);
  await openReport(page, study);
  await page.getByRole('button', { name: 'Template' }).click();
  await page.getByRole('menuitem', { name: template }).click();
  const replace = page.getByRole('button', { name: 'Replace everything' });
  const findings = page.getByRole('textbox', { name: words.findings });
  await expect(findings.or(replace).first()).toBeVisible();
  if (await replace.isVisible()) await replace.click();
  await expect(findings).toHaveValue('Ruler {{state|straight}}. Edges {{edges}}.');

  await page.getByRole('textbox', { name: 'Technique' }).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Tab'); // to {{slices|one}}
  await page.keyboard.press('Tab'); // takes "one", goes on to {{state|straight}}
  await page.keyboard.type('bent');
  await page.keyboard.press('Tab');
  await page.keyboard.type('sharp');
  await expect(page.getByRole('textbox', { name: 'Technique' })).toHaveValue('Phantom, one slice.');
  await expect(findings).toHaveValue('Ruler bent. Edges sharp.');

  const impression = page.getByRole('textbox', { name: words.impression });
  await impression.focus();
  await page.keyboard.type('.rulern');
  await page.keyboard.press('Tab');
  await expect(impression).toHaveValue('No abnormality of the {{part|ruler}}.');
  await page.keyboard.type('phantom');
  await saved(system, study, 'impression', 'No abnormality of the phantom.');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await shot('report-editor');

  await page.reload();
  await expect(findings).toHaveValue('Ruler bent. Edges sharp.');
  await expect(findings).toBeEditable();
});

test('what was written while the server was away is offered again', async ({ page, seed, system, guard }) => {
  guard.allow(/./); // the server is away on purpose
  const { study } = await seed('ruler');
  await openReport(page, study);
  const browser = page.context();
  await browser.setOffline(true);
  await page.getByRole('textbox', { name: 'Recommendations' }).fill('Buy a new ruler.');
  await expect(page.getByText('The server is away: kept in this browser')).toBeVisible();
  await page.close();
  await browser.setOffline(false);
  const again = await browser.newPage();
  await again.goto(`/reports/?study=${study}`);
  const offer = again.getByRole('alert').filter({ hasText: 'This browser kept text' });
  await offer.getByRole('button', { name: 'Restore it' }).click();
  await expect(again.getByRole('textbox', { name: 'Recommendations' })).toHaveValue('Buy a new ruler.');
  await saved(system, study, 'recommendations', 'Buy a new ruler.');
});

test('a colleague reads along, and takes over', async ({ page, openAs, seed, system, guard, shot }) => {
  guard.allow(/ 409 .*\/(claim|draft)\//, /409/); // that somebody else edits is told by 409
  const { study } = await seed('ruler');
  await openReport(page, study);
  const theirs = await openAs('ravi');
  await theirs.goto(`/reports/?study=${study}`);
  await expect(theirs.getByText(/Rita Radiologist edits this report/)).toBeVisible();
  await expect(theirs.getByRole('textbox', { name: words.findings })).toHaveCount(0);
  await page.getByRole('textbox', { name: words.findings }).fill('Seen by two.');
  await expect(theirs.getByText('Seen by two.')).toBeVisible();

  await theirs.getByRole('button', { name: 'Take over' }).click();
  await expect(theirs.getByRole('textbox', { name: words.findings })).toBeEditable();
  await expect(page.getByText('Ravi Radiologist has taken the report over.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: words.findings })).toHaveCount(0);
  await shot('report-taken-over');
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByRole('textbox', { name: words.findings })).toBeEditable();
  expect((await storedReport(system, study))?.editor?.name).toBe('Rita Radiologist');
});

test('the draft is previewed as PDF', async ({ page, seed }) => {
  const { study } = await seed('ruler');
  await openReport(page, study);
  await page.getByRole('button', { name: 'Preview as PDF' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview of the draft' });
  await expect(preview.locator('canvas')).toBeVisible({ timeout: 30_000 });
  await expect(preview.getByText('Seen by two.')).toBeAttached();
});

test('a critical result is told, a file attached', async ({ page, seed, system }) => {
  const { study } = await seed('ruler');
  await openReport(page, study);
  await page.getByRole('tab', { name: 'Critical' }).click();
  await page.getByLabel('Who was told').fill('Dr. House');
  await page.getByLabel('What was told').fill('The ruler is bent.');
  await page.getByRole('button', { name: 'Note it' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Dr. House' })).toContainText('by phone');
  await page.getByRole('tab', { name: 'Files' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('bent') });
  await expect(page.getByRole('listitem').filter({ hasText: 'notes.txt' })).toContainText('4 byte');
  const report = await storedReport(system, study);
  const { results } = await system.json<{ results: { id: number }[] }>(`/api/reports/${report?.id ?? 0}/attachments/`);
  const file = await system.request(`/api/reports/${report?.id ?? 0}/attachments/${results[0]?.id ?? 0}/`);
  expect(await file.text()).toBe('bent');
});

test('signing asks for the right password', async ({ page, seed, system, guard, shot }) => {
  guard.allow(/403/); // the wrong password
  const { study } = await seed('ruler');
  await openReport(page, study);
  await sign(page, 'final', 'not my password');
  await expect(page.getByText('The password is wrong.')).toBeVisible();
  await shot('report-sign');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await sign(page, 'final');
  await expect(page.getByRole('region', { name: 'Signature' })).toContainText('Rita Radiologist');
  await expect(page.getByText('The signature is intact')).toBeVisible();
  await expect(page.getByRole('textbox', { name: words.findings })).toHaveCount(0);
  expect(await storedReport(system, study)).toMatchObject({ status: 'final', version: 1 });
});

test('a final report is amended, and the versions are compared', async ({ page, seed, system, shot }) => {
  const { study } = await seed('ruler');
  await page.goto(`/reports/?study=${study}`);
  await page.getByRole('button', { name: 'Amend' }).click();
  await page.getByRole('textbox', { name: words.findings }).fill('Seen by three.');
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign the report' });
  await dialog.getByLabel('Your password').fill('x');
  await expect(dialog.getByRole('button', { name: 'Sign the amendment' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('textbox', { name: /^Addendum/ }).fill('A third reader.');
  await sign(page, 'amendment');
  await expect(page.getByText('Version 2', { exact: true }).first()).toBeVisible();
  expect(await storedReport(system, study)).toMatchObject({ status: 'amended', version: 2 });

  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Show the differences' }).click();
  const differences = page.getByRole('dialog', { name: 'Version 1 → Version 2' });
  await expect(differences.locator('del')).toContainText('two');
  await expect(differences.locator('ins').first()).toContainText('three');
  await shot('report-differences');
});

test('text that runs from right to left does so', async ({ page, seed, system }) => {
  const { study } = await seed('angles');
  await openReport(page, study);
  const findings = page.getByRole('textbox', { name: words.findings });
  await findings.fill('لا يوجد نزيف.');
  expect(await findings.evaluate((area) => getComputedStyle(area).direction)).toBe('rtl');
  await saved(system, study, 'findings', 'لا يوجد نزيف.');
});

test('the worklist leads to the report, and shows how far it is', async ({ page, seed }) => {
  const { patient_id } = await seed('ruler');
  await page.goto('/worklist/');
  await page.getByRole('searchbox').fill(patient_id);
  const row = page.getByRole('row').filter({ hasText: patient_id });
  await row.getByRole('link', { name: 'Report: Amended' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Seen by three.')).toBeVisible();
});

test('the list finds reports by their words', async ({ page, shot }) => {
  await page.goto('/reports/#reports');
  await page.getByRole('searchbox', { name: 'Search reports' }).fill('three');
  await expect(page.locator('mark').filter({ hasText: 'three' }).first()).toBeVisible();
  await shot('report-list');
});

for (const theme of ['dark', 'light'])
  test(`lists and editor are accessible in the ${theme} theme`, async ({ page, seed }) => {
    const { study } = await seed('angles');
    await page.addInitScript((name) => localStorage.setItem('noctis.theme', name), theme);
    for (const name of ['To read', 'Reports', 'Templates']) {
      await page.goto('/reports/');
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tabpanel', { name })).toBeVisible();
      await expect(page.getByRole('progressbar')).toHaveCount(0);
      await expectAccessible(page, `${name}, ${theme}`);
    }
    await openReport(page, study);
    await expectAccessible(page, `editor, ${theme}`);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, `signing, ${theme}`);
  });

test('whoever may only read makes no report', async ({ openAs, seed, system }) => {
  const { study } = await seed('disc');
  const page = await openAs('vera');
  await page.goto(`/reports/?study=${study}`);
  await expect(page.getByRole('alert')).toContainText('This study has no report yet.');
  await eventually('nothing was made', 5, async () => {
    return (await storedReport(system, study)) === undefined ? true : undefined;
  });
});
