import { expect, test } from '../support/fixtures';

test.use({ user: null });

test('the system answers and keeps a phantom', async ({ system, seed }) => {
  const ruler = await seed('ruler');
  const row = await system.study(ruler.study);
  expect(row?.patient.patient_name).toBe(ruler.patient_name);
  expect(row?.number_of_series).toBe(ruler.series.length);
});
