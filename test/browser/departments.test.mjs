// Departments by keyboard: made, filled, left with unsaved changes, deleted by name;
// and axe-core in each of these states, on a desk and on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
};

eachEngine('departments', (stage) => {
  for (const [look, options] of Object.entries(looks)) {
    test(`a department's life, ${look}`, async () => {
      const name = `Dora${look}`;
      const { page } = await stage.agent(name, { roles: ['admin'], ...options });
      const check = (state) => accessible(page, `${state}, ${look}`);
      const at = (path) => page.goto(`${stage.foyer.url}/console/${path}`);
      const press = async (locator, key = 'Enter') => {
        await locator.focus();
        await page.keyboard.press(key);
      };

      await at('departments');
      await press(page.getByRole('link', { name: 'Add a department' }).first());
      await page.getByRole('heading', { name: 'Add a department' }).waitFor();
      await press(page.getByRole('button', { name: 'Add', exact: true }));
      await page.getByText('Give the department a name.').waitFor();
      assert.ok(await page.getByRole('textbox', { name: /^Name/ }).evaluate((input) => input === document.activeElement), 'what is wrong has the focus');
      await check('a form with mistakes');
      await page.keyboard.type(`Help ${look}`);
      await page.getByLabel('E-mail').focus();
      await page.keyboard.type('help@example.org');
      await press(page.getByRole('switch', { name: 'Offer it in the chat form' }), 'Space');
      await page.getByRole('combobox', { name: 'Add an agent' }).focus();
      await page.keyboard.type(name);
      await page.locator('[data-combobox-selected]').filter({ hasText: name }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByLabel(`Order of ${name} Agent`).waitFor();
      await check('a filled form');
      await press(page.getByRole('button', { name: 'Add', exact: true }));
      const row = page.getByRole('row', { name: new RegExp(`Help ${look}`) });
      await row.waitFor();
      assert.match(await row.innerText(), /1[\s\S]*Enabled[\s\S]*Hidden/);
      await check('the list');

      await press(row.getByRole('link'));
      await page.getByLabel('Description').focus();
      await page.keyboard.type('Not kept');
      await press(page.getByRole('navigation', { name: 'Manage' }).getByRole('link', { name: 'Departments' }));
      const question = page.getByRole('dialog', { name: 'Leave without saving?' });
      await question.waitFor();
      await check('the question before leaving');
      await page.keyboard.press('Escape');
      assert.equal(await page.getByLabel('Description').inputValue(), 'Not kept', 'staying keeps what was typed');
      await press(page.getByRole('link', { name: 'Departments' }).last());
      await press(question.getByRole('button', { name: 'Leave' }));
      await row.waitFor();

      await press(row.getByRole('button', { name: `Actions for Help ${look}` }));
      await check('the menu');
      for (const item of await page.getByRole('menuitem').all()) assert.ok(await item.evaluate((it) => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight), 'an item does not fit the menu');
      assert.ok(await page.getByRole('menuitem', { name: /Delete.*switched off/ }).isDisabled(), 'deleting is off unless the settings allow it');
      await page.keyboard.press('Escape');
      await page.request.post(`${stage.foyer.url}/api/v1/settings/Omnichannel_enable_department_removal`, { data: { value: true }, headers: { Origin: stage.foyer.url } });
      await press(row.getByRole('button', { name: `Actions for Help ${look}` }));
      await page.locator('[role=menu]:focus-within').waitFor(); // it takes the focus when it has opened
      await press(page.getByRole('menuitem', { name: 'Delete…', exact: true }));
      const removal = page.getByRole('dialog', { name: `Delete “Help ${look}”?` });
      await removal.waitFor();
      await page.keyboard.type('Help');
      assert.ok(await removal.getByRole('button', { name: 'Delete for good' }).isDisabled(), 'half a name deletes nothing');
      await check('the question before the deletion');
      await page.keyboard.type(` ${look}`);
      await page.keyboard.press('Enter');
      await row.waitFor({ state: 'detached' });
      await page.request.post(`${stage.foyer.url}/api/v1/settings/Omnichannel_enable_department_removal`, { data: { value: false }, headers: { Origin: stage.foyer.url } });
    });
  }
}, { only: ['SQLite'] });
