// Figures on screens: what happened and how things stand. Each is opened, used by key and looked at by axe-core.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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
  const chat = async (name, department) => {
    const token = `token-${name}`;
    await call('POST', 'visitor', { visitor: { token, name, ...(department && { department }) } });
    const { room } = await call('GET', `room?token=${token}`);
    await call('POST', 'message', { token, rid: room._id, msg: 'Hello' });
    return room._id;
  };
  const go = async (path, heading) => {
    await page.goto(`${stage.foyer.url}/console/${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const picture = async (name, look) => {
    if (!process.env.FOYER_PICTURES) return;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => undefined));
      await page.screenshot({ path: `${process.env.FOYER_PICTURES}/${name}-${look}-${colorScheme}.png`, fullPage: true });
    }
  };
  const button = (name) => page.getByRole('button', { name });
  const dialog = (on) => on.getByRole('dialog');

  test('nothing has happened, then something', async () => {
    const ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'] });
    page = ada.page;
    await go('analytics', 'Analytics');
    await page.getByText('Choose other days or another department.').waitFor();
    await accessible(page, 'no chats');
    const rooms = [await chat('Ann')];
    const { _id: sales } = await stage.department('Sales', [ada]);
    rooms.push(await chat('Ben', sales), await chat('Cid', sales));
    await stage.foyer.call('POST', '/api/v1/livechat/room.closeByUser', { rid: rooms[0], comment: 'Done', tags: ['vip'] });
    const day = new Date().toISOString().slice(0, 10);
    await until(async () => {
      const [total, open] = await stage.foyer.call('GET', `/api/v1/livechat/analytics/overview?name=Conversations&from=${day}&to=${day}`);
      assert.deepEqual([total.value, open.value], [3, 2]);
    });
    await page.reload();
    await button(/^Chats 3/).waitFor();
    const eve = await stage.agent('Eve', { roles: ['livechat-agent'] });
    await ada.page.goto(`${stage.foyer.url}/console/`);
    await ada.choose('Ben');
    await ada.forward('Eve Agent');
    await eve.choose('Ben');
    await eve.say('I know');
  });

  for (const [look, options] of Object.entries(looks)) {
    test(`figures and their rows, ${look}`, async () => {
      const ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'], ...options });
      page = ada.page;
      await go('analytics', 'Analytics');
      await button(/^Chats 3/).waitFor();
      await button(/^Messages 4/).waitFor();
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
      await dialog(page).waitFor({ state: 'hidden' });

      await page.getByText('Agent', { exact: true }).last().click(); // analytics.md 8: the first five as a chart, all as a list
      const five = page.getByRole('group', { name: 'Agent', exact: true });
      await five.getByRole('button', { name: 'Ada Agent: 2' }).waitFor();
      await five.scrollIntoViewIfNeeded();
      await picture('agents-chart', look);
      await accessible(page, `chart of agents, ${look}`);
      await five.getByRole('button', { name: /: 2$/ }).focus();
      await page.keyboard.press('Enter');
      await dialog(page).getByText('Made from 2 rows').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });

      const part = (name) => page.getByRole('region', { name, exact: true });
      await part('Agents').getByRole('button', { name: /^ada: 66.67%/ }).waitFor();
      await part('Agents').getByText('Who answered', { exact: true }).click();
      await part('Agents').getByText('Each agent counts with their own answers').waitFor();
      await part('Agents').getByRole('button', { name: /^eve: 100%/ }).click();
      await dialog(page).getByRole('link', { name: 'Ben' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });

      const table = page.getByRole('table').filter({ hasText: 'Transfers' });
      const names = () => table.locator('tbody th').allTextContents();
      assert.deepEqual(await names(), ['Sales', 'Without department']);
      await table.getByRole('button', { name: 'Chats', exact: true }).focus();
      await page.keyboard.press('Enter');
      await table.locator('th[aria-sort=descending]', { hasText: 'Chats' }).waitFor();
      await page.keyboard.press('Enter');
      await table.locator('th[aria-sort=ascending]', { hasText: 'Chats' }).waitFor();
      assert.deepEqual(await names(), ['Without department', 'Sales']);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).nth(1).click()]);
      assert.match(await readFile(await file.path(), 'utf8'), /^\uFEFFDepartment,Chats,Wait for an answer \(seconds\),.*"Abandoned, share \(percent\)"\r\nWithout department,1,.*\r\nSales,2,/s);
      await accessible(page, `departments, ${look}`);
      await picture('departments', look);
      await table.getByRole('button', { name: 'Sales, Chats: 2' }).click();
      await dialog(page).getByText('Made from 2 rows').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });

      await go('now', 'Real-time');
      await page.getByText('Chats alike', { exact: true }).click();
      await page.getByText('Averages over all chats, whatever their department.').waitFor();
      await picture('now', look);
      await button(/^Open 2$/).click();
      await dialog(page).getByText('Made from 2 rows').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'hidden' });
      await button(/^Closed 1$/).waitFor();
      await button(/^Available 1$/).waitFor();
      await accessible(page, `real-time, ${look}`);
      await button('ada, Open: 1').click();
      await dialog(page).getByRole('link', { name: 'Cid' }).click();
      await page.waitForURL(/\/inbox\//);
    });
  }
}, { only: ['SQLite'] });
