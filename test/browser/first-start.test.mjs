// The first start of a server: a link from the log makes the administrator, once.
// And the sessions of an account: one window signs out another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, complaints } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const boss = { name: 'First Boss', username: 'first', email: 'first@example.com', password: 'First-password-1' };

eachEngine('first start', (stage) => {
  async function openPage(address) {
    const page = await stage.window();
    return Object.assign(page, { address, complaints: complaints(page), arrival: await page.goto(address) });
  }

  async function signIn(page) {
    await page.getByRole('textbox', { name: 'Username or e-mail' }).fill(boss.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(boss.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  }

  test('the link in the log makes the administrator, once', async () => {
    const [link] = /http\S+\/console\/setup#ticket=[\w-]+/.exec(stage.foyer.log());
    const page = await openPage(link);
    await page.getByRole('heading', { name: 'Welcome to Foyer' }).waitFor();
    await accessible(page, 'the set-up');
    for (const [label, value] of [['Name', boss.name], ['Username', boss.username], ['E-mail', boss.email]]) {
      await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    }
    const password = page.getByRole('textbox', { name: 'Password' });
    await password.fill('short');
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await page.getByText('That is too short: at least 8 characters.').waitFor();
    await accessible(page, 'the set-up, filled in wrongly');
    await password.fill(boss.password);
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).waitFor();

    const late = await openPage(link);
    await late.getByText('This link no longer works').waitFor();
    await accessible(late, 'a used link');
    await late.getByRole('link', { name: 'Sign in' }).click();
    await signIn(late);
    await page.context().close();
    await late.context().close();
    assert.deepEqual([...page.complaints, ...late.complaints], []);
  });

  test('a window signs another out', async () => {
    const [here, there] = [await openPage(`${stage.foyer.url}/console/`), await openPage(`${stage.foyer.url}/console/`)];
    await signIn(here);
    await signIn(there);
    await here.getByRole('link', { name: 'My account' }).click();
    await here.getByText('· This browser').waitFor();
    const others = here.getByRole('button', { name: 'Sign out there' });
    await others.first().waitFor();
    while (await others.count()) {
      const left = await others.count();
      await others.first().click();
      await others.nth(left - 1).waitFor({ state: 'detached' });
    }
    await there.getByRole('heading', { name: 'Sign in to Foyer' }).waitFor();
    assert.equal((await there.request.get(`${stage.foyer.url}/api/v1/foyer/console/session`)).status(), 401);
    await here.reload();
    await here.getByText('· This browser').waitFor();
    await here.context().close();
    await there.context().close();
    assert.deepEqual([...here.complaints, ...there.complaints], []);
  });
}, { fresh: true });
