// What was said is found again, and closed chats are removed, one by one and all at once.
import { test } from 'node:test';
import { accessible } from './browser.mjs';
import { eachEngine } from './each-engine.mjs';

const looks = {
  desktop: {},
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'dark' },
};

// What differs between the engines is tested beneath the screens.
eachEngine('search', (stage) => {
  let page;

  const call = (path, body) => stage.foyer.call('POST', `/api/v1/${path}`, body);
  /** said is a chat in which somebody wrote this; it ends unless it stays open. */
  const said = async (name, msg, { open = false } = {}) => {
    const token = name.toLowerCase().replaceAll(' ', '-');
    await call('livechat/visitor', { visitor: { token, name } });
    const { room } = await stage.foyer.call('GET', `/api/v1/livechat/room?token=${token}`);
    await call('livechat/message', { token, rid: room._id, msg });
    if (!open) await call('livechat/room.closeByUser', { rid: room._id, comment: 'Done.', tags: ['done'] });
  };
  const begin = async (options) => {
    ({ page } = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'], ...options }));
  };
  const chats = async () => {
    await page.goto(`${stage.foyer.url}/console/chats`);
    await page.getByRole('heading', { level: 1, name: 'All chats' }).waitFor();
  };
  const button = (name) => page.getByRole('button', { name, exact: true });
  const look = (words) => page.getByRole('searchbox').fill(words);
  const counted = (words) => page.getByRole('status').getByText(words, { exact: true }).waitFor();

  for (const [name, options] of Object.entries(looks)) {
    test(`messages are found by their words, ${name}`, async () => {
      await begin(options);
      await said(`Zoe ${name}`, `Můj balík ${name} NEPŘIŠEL`);
      await said(`Max ${name}`, `What does the lamp cost?`, { open: true });
      await chats();
      await look(`balik ${name.slice(0, 4)}`);
      const hit = page.getByRole('listitem').filter({ hasText: `Můj balík ${name} NEPŘIŠEL` });
      await hit.waitFor();
      await accessible(page, `what was found, ${name}`);
      await look('balik lamp');
      await page.getByText('No message holds these words.', { exact: true }).waitFor();
      await look(`balik ${name}`);
      await hit.getByRole('link', { name: `Zoe ${name}` }).click();
      await page.getByRole('log', { name: /^Messages with/ }).getByText(`Můj balík ${name} NEPŘIŠEL`).waitFor();
    });
  }

  test('a closed chat is removed from its own screen', async () => {
    await begin();
    await said('Eve', 'Please forget the word quince');
    await chats();
    await look('quince');
    await page.getByRole('link', { name: 'Eve' }).click();
    await button('Remove chat').click();
    await page.getByRole('dialog').getByText('reports no longer count what is gone').waitFor(); // LC-DEL-5
    await accessible(page, 'the question before a chat is removed');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'All chats' }).waitFor();
    await look('quince');
    await page.getByText('No message holds these words.', { exact: true }).waitFor();
  });

  test('all closed chats are removed once their number is typed; open ones stay', async () => {
    await stage.emptied();
    await begin();
    await said('Kim', 'I am still here', { open: true });
    await said('Lee', 'I am done');
    await chats();
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Closed' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Lee' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Kim' }).waitFor({ state: 'detached' });
    await button('Remove closed chats…').click();
    const dialog = page.getByRole('dialog');
    const { total } = await stage.foyer.call('GET', '/api/v1/livechat/rooms?open=false&count=1');
    await dialog.getByRole('textbox').fill(String(total + 1));
    await dialog.getByRole('button', { name: 'Remove', exact: true }).and(page.locator(':disabled')).waitFor();
    await accessible(page, 'the question before all are removed');
    await dialog.getByRole('textbox').fill(String(total));
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await counted('0 chats');
    await chats();
    await page.getByRole('listitem').filter({ hasText: 'Kim' }).waitFor();
  });
}, { only: ['SQLite'] });
