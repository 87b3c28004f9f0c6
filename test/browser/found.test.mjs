// What was written shows to the agent as to the visitor, and is found again in all chats.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';

eachEngine('what was written', (stage) => {
  test('shows its formatting on both sides; a search that finds only the message says so', async () => {
    const ada = await stage.agent('Ada', { roles: ['admin', 'livechat-agent'] });
    const nora = await stage.visitor();
    await nora.begin('Nora Fields', 'Is the **large** terracotta pot *in stock*?');
    await ada.choose('Nora Fields');
    await ada.log.locator('strong').first().waitFor();
    for (const side of [nora.log, ada.log]) assert.deepEqual(await side.locator('strong').allTextContents(), ['large', 'in stock']);

    await ada.page.goto(`${stage.foyer.url}/console/chats`);
    await ada.page.getByRole('searchbox').fill('terracotta');
    const main = ada.page.getByRole('main');
    await main.getByText('No visitor’s name fits.').waitFor();
    await main.getByText(/terracotta pot/).waitFor();
    assert.equal(await main.getByText('Nora Fields', { exact: true }).count(), 1);
    assert.equal(await main.getByText('Nothing found').count(), 0);
  });
}, { only: ['SQLite'] });
