import { expect, type Page } from '@playwright/test';
import { eventually, type System } from './system';
import { password } from './users';

/** A study's report as REST tells it, as far as tests look at it. */
export interface ReportRow {
  id: number;
  status: string;
  version: number;
  revision: number;
  content: { sections: { heading: string; text: string }[]; values: { source: string; id: string; text: string }[] };
  editor: { name: string } | null;
}

/** Makes a template that fits CT studies best, with fields and a macro; returns its name. */
export async function addTemplate(system: System, name: string): Promise<string> {
  const template = {
    name,
    modality: '',
    body_part: '',
    title: 'Examination of the ruler',
    sections: [
      { heading: 'technique', text: 'Phantom, {{slices|one}} slice.' },
      { heading: 'findings', text: 'Ruler {{state|straight}}. Edges {{edges}}.' },
    ],
    macros: [{ name: 'rulernormal', text: 'No abnormality of the {{part|ruler}}.' }],
  };
  const headers = { 'Content-Type': 'application/json' };
  await system.request('/api/report-templates/', { method: 'POST', headers, body: JSON.stringify(template) });
  return name;
}

/** The report of a study as the server has it. */
export async function storedReport(system: System, study: string): Promise<ReportRow | undefined> {
  const { results } = await system.json<{ results: { id: number }[] }>(`/api/reports/?study=${study}`);
  const [found] = results;
  return found && system.json<ReportRow>(`/api/reports/${found.id}/`);
}

/** Waits until a section of the report is so at the server. */
export async function saved(system: System, study: string, heading: string, text: string): Promise<void> {
  await eventually(`${heading} is “${text}”`, 20, async () => {
    const report = await storedReport(system, study);
    return report?.content.sections.find((section) => section.heading === heading)?.text === text ? true : undefined;
  });
}

/** Opens the report of a study, ready to be written on. */
export async function openReport(page: Page, study: string): Promise<void> {
  await page.goto(`/reports/?study=${study}`);
  await expect(page.getByRole('textbox', { name: 'Findings' })).toBeEditable();
}

/** Signs what is open, with what is usual in fields that nobody filled in. */
export async function sign(page: Page, as: 'preliminary' | 'final' | 'amendment', word = password): Promise<void> {
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign the report' });
  if (as === 'preliminary') {
    await dialog
      .getByRole('button', { name: /Sign as/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'Preliminary' }).click();
  }
  const usual = dialog.getByRole('button', { name: 'Put in what is usual' });
  if (await usual.isVisible()) await usual.click();
  await dialog.getByLabel('Your password').fill(word);
  const name = as === 'amendment' ? 'Sign the amendment' : `Sign as ${as}`;
  await dialog.getByRole('button', { name, exact: true }).last().click();
}
