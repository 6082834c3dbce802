import { expect, test } from '../support/fixtures';

test.use({ user: null });

test('the system answers and keeps a phantom', async ({ system, seed }) => {
  const colours = await seed('colours');
  const row = await system.study(colours.study);
  expect(row?.patient.patient_name).toBe(colours.patient_name);
  expect(row?.number_of_series).toBe(colours.series.length);
});
