// Figures on screens: what happened and how things stand. Each is opened, used by key and looked at by axe-core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'dark' },
};

// What differs between the engines is tested beneath the screens.
eachEngine('analytics', (stage) => {
  let page;
  const call = async (method, path, body) => {
    const answer = await fetch(`${stage.foyer.url}/api/v1/livechat/${path}`, { method, ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const chat = async (name) => {
    const token = `token-${name}`;
    await call('POST', 'visitor', { visitor: { token, name } });
    const { room } = await call('GET', `room?token=${token}`);
    await call('POST', 'message', { token, rid: room._id, msg: 'Hello' });
    return room._id;
  };
  const go = async (path, heading) => {
    await page.goto(`${stage.foyer.url}/console/${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const button = (name) => page.getByRole('button', { name });
  const dialog = (on) => on.getByRole('dialog');

  test('nothing has happened, then something', async () => {
    const ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'] });
    page = ada.page;
    await go('analytics', 'Analytics');
    await page.getByText('Choose other days or another department.').waitFor();
    await accessible(page, 'no chats');
    const rooms = [await chat('Ann'), await chat('Ben'), await chat('Cid')];
    await stage.foyer.call('POST', '/api/v1/livechat/room.closeByUser', { rid: rooms[0], comment: 'Done', tags: ['vip'] });
    const day = new Date().toISOString().slice(0, 10);
    await until(async () => {
      const [total, open] = await stage.foyer.call('GET', `/api/v1/livechat/analytics/overview?name=Conversations&from=${day}&to=${day}`);
      assert.deepEqual([total.value, open.value], [3, 2]);
    });
    await page.reload();
    await button(/^Chats 3/).waitFor();
  });

  for (const [look, options] of Object.entries(looks)) {
    test(`figures and their rows, ${look}`, async () => {
      const ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'], ...options });
      page = ada.page;
      await go('analytics', 'Analytics');
      await button(/^Chats 3/).waitFor();
      await button(/^Messages 3/).waitFor();
      await page.getByRole('group', { name: 'Chats' }).waitFor();
      await accessible(page, `analytics, ${look}`);
      await page.getByRole('button', { name: /: 3$/ }).focus();
      await page.keyboard.press('Enter');
      await dialog(page).getByText('Made from 3 rows').waitFor();
      await accessible(page, `rows, ${look}`);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByText('Tags', { exact: true }).last().click();
      await button(/^vip/).click();
      await dialog(page).getByRole('link', { name: 'Ann' }).waitFor();
      await page.keyboard.press('Escape');

      await go('now', 'Real-time');
      await button(/^Open 2$/).click();
      await dialog(page).getByText('Made from 2 rows').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
      await button(/^Closed 1$/).waitFor();
      await button(/^Available 1$/).waitFor();
      await accessible(page, `real-time, ${look}`);
      await button('ada, Open: 2').click();
      await dialog(page).getByRole('link', { name: 'Ben' }).click();
      await page.waitForURL(/\/inbox\//);
    });
  }
}, { only: ['SQLite'] });
