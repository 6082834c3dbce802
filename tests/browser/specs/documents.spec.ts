import { join } from 'node:path';
import { expect, realData, test } from '../support/fixtures';

const pdf = '1.2.276.0.7230010.3.1.2.2344313775.14992.1458058363.6979';
const report = '1.2.276.0.7230010.3.1.2.1787205428.166.1117461927.5';

test('an encapsulated PDF is shown with its text, and searched', async ({ page, system, shot }) => {
  await system.send(join(realData('orthanc'), 'sample-pdf.dcm'));
  await system.arrived(pdf, 1);
  await page.goto(`/viewer/${pdf}`);
  await expect(page.locator('[data-page] span').filter({ hasText: 'Dear Patient,' })).toHaveCount(1, {
    timeout: 30_000,
  });
  await page.getByRole('searchbox', { name: 'Search the text' }).fill('sincerely');
  await expect(page.locator('[data-page] span[data-found]')).toHaveText(/Sincerely/);
  await shot('viewer-pdf');
});

test('a structured report is shown as text with headings', async ({ page, system, shot }) => {
  await system.send(join(realData('pydicom'), 'reportsi.dcm'));
  await system.arrived(report, 1);
  await page.goto(`/viewer/${report}`);
  await expect(page.getByRole('heading', { name: 'Document Title' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Section Heading' })).toBeVisible();
  await page.getByRole('button', { name: 'DICOM tags' }).click();
  await page.getByRole('searchbox').fill('Manufacturer');
  await expect(page.getByText('Kuratorium OFFIS e.V.')).toBeVisible();
  await shot('viewer-report');
});
