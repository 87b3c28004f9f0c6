// The pages of the administration: units, monitors, tags, priorities, SLA policies.
// Each is used as people do and looked at by axe-core, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
};

eachEngine('manage', (stage) => {
  const phone = looks.phone;
  let ada, page;

  const begin = async (options) => {
    ada = await stage.agent('Ada', { roles: ['admin'], ...options });
    page = ada.page;
  };

  const go = async (path, heading) => {
    await page.goto(`${stage.foyer.url}/console/${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const dialog = () => page.getByRole('dialog');
  const button = (name) => page.getByRole('button', { name, exact: true });
  const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
  const choose = async (field, option) => {
    await dialog().getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
    await dialog().getByRole('textbox', { name: 'Name' }).click(); // the list of options closes
  };
  const gone = () => dialog().waitFor({ state: 'hidden' });
  const said = (text) => page.getByRole('log').filter({ hasText: text }).first().waitFor();

  for (const [look, options] of Object.entries(looks)) {
    test(`units and monitors, ${look}`, async () => {
      await begin(options);
      const mona = await stage.agent(`Mona-${look}`, { fullName: `Mona ${look}` });
      await stage.department(`Sales ${look}`, [mona]);
      const check = (state) => accessible(page, `${state}, ${look}`);
      await go('monitors', 'Monitors');
      await button('Add a monitor').click();
      await dialog().getByText(`Mona ${look}`).click();
      await check('choosing a monitor');
      await inDialog('Make monitor').click();
      await gone();
      await said(`Mona ${look} is a monitor now.`);
      await page.getByRole('listitem').filter({ hasText: `Mona ${look}` }).waitFor();
      await check('monitors');

      await page.getByRole('navigation', { name: 'Manage' }).getByRole('link', { name: 'Units' }).click();
      await page.getByRole('heading', { level: 1, name: 'Units' }).waitFor();
      await check('units, before this one');
      await button('New unit').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`North ${look}`);
      await page.keyboard.press('Enter');
      await dialog().getByText('Choose at least one department.').waitFor();
      await check('a unit that lacks something');
      await choose('Departments', `Sales ${look}`);
      await choose('Monitors', `Mona ${look}`);
      await inDialog('Save').click();
      await gone();
      const row = page.getByRole('listitem').filter({ hasText: `North ${look}` });
      await row.getByText('1 department · 1 monitor').waitFor();
      await check('units');

      await button(`North ${look}`).focus();
      await page.keyboard.press('Enter');
      await inDialog('Save').waitFor();
      await dialog().getByRole('switch', { name: 'Private' }).click();
      await check('a unit');
      await inDialog('Save').click();
      await gone();
      await row.getByText('Private').waitFor();
      await button(`Remove North ${look}`).click();
      await check('the question before a removal');
      await inDialog('Remove').click();
      await gone();
      await row.waitFor({ state: 'hidden' });
    });

    test(`tags, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      await go('tags', 'Tags');
      await check('tags, before these');
      for (const name of ['Bug', 'bug']) {
        await button('New tag').click();
        await dialog().getByRole('textbox', { name: 'Name' }).fill(`${name} ${look}`);
        await dialog().getByRole('textbox', { name: 'Description' }).fill('Something is broken');
        await choose('Departments', `Sales ${look}`);
        await inDialog('Save').click();
        if (name === 'Bug') await gone();
      }
      await dialog().getByRole('alert').filter({ hasText: 'Another tag has this name.' }).waitFor();
      await check('a tag that is refused');
      await page.keyboard.press('Escape');
      await gone();
      await page.getByRole('listitem').filter({ hasText: `Bug ${look}` }).getByText(`Sales ${look}`).waitFor();
      await check('tags');
      await page.getByRole('searchbox', { name: 'Search tags' }).fill('nothing like it');
      await page.getByText('Nothing matches “nothing like it”.').waitFor();
      await check('tags, nothing found');
    });

    test(`SLA policies, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      await go('sla', 'SLA policies');
      await button('New policy').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill(`Gold ${look}`);
      await dialog().getByRole('textbox', { name: 'Due after (minutes)' }).fill(options === phone ? '95' : '1505');
      await check('a policy');
      await page.keyboard.press('Enter');
      await gone();
      await page.getByRole('listitem').filter({ hasText: `Gold ${look}` }).getByText(options === phone ? '1 hr, 35 min' : '1 day, 1 hr, 5 min').waitFor();
      await check('policies');
    });

    test(`priorities, ${look}`, async () => {
      const check = (state) => accessible(page, `${state}, ${look}`);
      await begin(options);
      await go('priorities', 'Priorities');
      await button('Lowest').waitFor();
      assert.equal(await page.getByRole('main').getByRole('listitem').count(), 5);
      await button('Highest').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill('VIP');
      await page.keyboard.press('Enter');
      await gone();
      await page.getByRole('listitem').filter({ hasText: 'VIP' }).getByText('Usually “Highest”').waitFor();
      await check('priorities');
      await button('Low').click();
      await dialog().getByRole('textbox', { name: 'Name' }).fill('vip');
      await page.keyboard.press('Enter');
      await dialog().getByRole('alert').filter({ hasText: 'Another priority is called so' }).waitFor();
      await check('a priority that is refused');
      await inDialog('Cancel').click();
      await gone();
      await button('Reset all names').click();
      await check('the question before all names are reset');
      await inDialog('Reset').click();
      await gone();
      await button('Highest').waitFor();
    });

    test(`the contact manager, ${look}`, async () => {
      if (options === phone) return; // the panel beside the chat is the desktop's
      await begin(options);
      const vera = await stage.visitor();
      await vera.begin('Vera', 'Hello');
      await page.goto(`${stage.foyer.url}/console/inbox`);
      await ada.choose('Vera');
      await page.getByRole('button', { name: /^Change the contact manager/ }).click();
      await dialog().getByText(`Mona ${look}`).click();
      await accessible(page, 'choosing a contact manager');
      await inDialog('Save').click();
      await gone();
      await page.getByRole('button', { name: `Change the contact manager: @mona-${look}` }).waitFor();
    });
  }

  test('nobody is offered what he may not do', async () => {
    const bob = await stage.agent('Bob');
    assert.equal(await bob.page.getByRole('link', { name: 'Manage' }).count(), 0);
    for (const path of ['units', 'monitors', 'tags', 'priorities', 'sla']) {
      await bob.page.goto(`${stage.foyer.url}/console/${path}`);
      await bob.page.getByText('You may not open this page').or(bob.page.getByRole('heading', { level: 1 })).first().waitFor();
      assert.equal(await bob.page.getByRole('button', { name: /New|Add/ }).count(), 0, path);
    }
  });
}, { only: ['SQLite'] });
