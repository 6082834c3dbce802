import { expect, test } from '../support/fixtures';
import { logInByPage } from '../support/users';

test.use({ user: null });

/** What the page asks before anybody is logged in: the session, which is not there. */
const nobody = [/^(answer|console): .*401.*\/api\/auth\/session\//];

test('somebody logs in and comes to the page that was asked for', async ({ page, guard }) => {
  guard.allow(...nobody);
  await page.goto('/worklist/');
  await expect(page).toHaveURL(/\/login\/\?next=%2Fworklist%2F/);
  await logInByPage(page, 'rita');
  await expect(page).toHaveURL(/\/worklist\//);
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === 'noctis_session')).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
});

test('a wrong password says so and lets one try again', async ({ page, guard }) => {
  guard.allow(...nobody);
  await page.goto('/login/');
  await logInByPage(page, 'rita', 'not this one');
  await expect(page.getByRole('alert')).toContainText('No active account');
  await expect(page.getByRole('button', { name: 'Log in' })).toBeEnabled();
});

test('a session ends for good when its user logs out', async ({ openAs, guard }) => {
  guard.allow(...nobody);
  const page = await openAs('vera');
  await page.goto('/worklist/');
  await page.getByRole('button', { name: /^Vera Viewer/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL(/\/login\//);
  await page.goto('/worklist/');
  await expect(page).toHaveURL(/\/login\//);
});
