// Business hours by keyboard: an administrator opens a department's hours nowhere near
// now, its agent is closed, reads until when and why, and is opened again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

eachEngine('hours', (stage) => {
  /** standing is how the server says that an agent stands. */
  const standing = async ({ person: { username } }) => {
    const { users } = await stage.foyer.call('GET', '/api/v1/livechat/users/agent?count=100');
    return stage.foyer.call('GET', `/api/v1/foyer/agents/${users.find((user) => user.username === username)._id}/standing`);
  };

  test('business hours are made by keyboard, close an agent and open him again', async () => {
    const boss = await stage.agent('Ida', { roles: ['admin'] });
    const tom = await stage.agent('Tom');
    await stage.department('Workshop', [tom]);
    await stage.foyer.settings({ Livechat_enable_business_hours: true, Livechat_business_hour_type: 'Multiple' });
    const { page } = boss;
    try {
      await page.goto(`${stage.foyer.url}/console/hours`);
      const add = page.getByRole('button', { name: 'Add hours' });
      await add.focus();
      await page.keyboard.press('Enter');
      const form = page.getByRole('dialog', { name: 'Add hours' });
      await form.getByLabel('Name', { exact: true }).waitFor();
      await page.keyboard.type('Workshop hours');
      const followers = form.getByRole('combobox', { name: 'Departments' }).or(form.getByRole('textbox', { name: 'Departments' }));
      await until(async () => assert.ok(await followers.isEnabled(), 'the departments are not there yet'));
      await page.keyboard.press('Tab');
      await page.keyboard.type('Work');
      await page.locator('[data-combobox-selected]').filter({ hasText: 'Workshop' }).waitFor();
      await page.keyboard.press('Enter');
      await form.getByText('Workshop', { exact: true }).waitFor(); // the one that was chosen
      await page.keyboard.press('Escape'); // the list of departments, not the form
      const today = new Date().getUTCDay();
      for (const [i, day] of names.entries()) { // open on the day after tomorrow only
        const onOff = form.getByRole('switch', { name: day });
        if (await onOff.isChecked() !== (i === (today + 3) % 7)) await onOff.press('Space');
      }
      await form.getByText(/^Closed now, opens/).waitFor();
      await accessible(page, 'the form of business hours');
      await form.getByRole('button', { name: 'Save' }).press('Enter');
      await page.getByRole('listitem').filter({ hasText: 'Workshop hours' }).getByText('Workshop', { exact: true }).waitFor();

      const pill = tom.page.locator('[data-key="a"]');
      await until(async () => assert.equal((await standing(tom)).statusLivechat, 'not-available'));
      await until(async () => assert.match(await pill.textContent(), /^Closed until/));
      await pill.press('Enter');
      await tom.page.getByText(/^Closed by business hours until/).waitFor();
      assert.equal(await tom.page.getByRole('switch', { name: 'Take new chats' }).isDisabled(), true);
      await tom.page.getByRole('button', { name: 'What changed before' }).press('Enter');
      const history = tom.page.getByRole('dialog', { name: 'Availability of Tom Agent' });
      await history.getByRole('list').getByText('Closed by business hours').waitFor();
      await accessible(tom.page, 'the history of an agent');
      await tom.page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Workshop hours', exact: true }).press('Enter');
      const again = page.getByRole('dialog', { name: 'Edit “Workshop hours”' });
      for (const day of names) {
        const onOff = again.getByRole('switch', { name: day });
        if (!await onOff.isChecked()) await onOff.press('Space');
        for (const [n, time] of [['from', '00:00'], ['to', '23:59']]) await again.getByLabel(`${day}: window 1 ${n}`).fill(time);
      }
      await again.getByText('Open around the clock').waitFor();
      await again.getByRole('button', { name: 'Save' }).press('Enter');
      await pill.filter({ hasText: /^Closed until/ }).waitFor({ state: 'hidden' });
      await pill.filter({ hasText: 'Taking' }).waitFor();

      await page.goto(`${stage.foyer.url}/console/sites`);
      await page.getByRole('button', { name: 'New site' }).press('Enter');
      const choice = page.getByRole('dialog').getByRole('combobox', { name: 'Business hour' });
      await choice.getByRole('option', { name: 'Workshop hours' }).waitFor({ state: 'attached' });
      assert.deepEqual((await choice.getByRole('option').allTextContents()).toSorted(), ['None of its own', 'Standard hours', 'Workshop hours']);
    } finally {
      await stage.foyer.settings({ Livechat_enable_business_hours: false, Livechat_business_hour_type: 'Single' });
    }
  });
}, { only: ['SQLite'] });
