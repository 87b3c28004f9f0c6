// Languages: switched while the chat is open, and what each of them makes a browser fetch.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

const folder = join(import.meta.dirname, '../../web/widget/i18n');
const languages = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
const texts = (language) => JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));

/** The most that a further language may weigh, as it is sent. */
const MOST = 2000;

eachEngine('languages', (stage) => {
  test('each is one small file, fetched when it is used and once; everything on the screen changes, and its direction', async () => {
    await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Hello.');
    await vera.chat.getByRole('button', { name: 'More' }).click();
    await vera.chat.getByRole('menuitemcheckbox').waitFor();
    const fetched = () => vera.frame.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => !name.includes('/api/')).map(({ name, encodedBodySize, transferSize }) => ({ name, encodedBodySize, transferSize })));
    const speak = (language) => vera.page.evaluate((language) => window.RocketChat.livechat.setLanguage(language), language);
    await speak('en'); // what answers the page's calls is fetched with the first of them
    await until(async () => assert.ok((await fetched()).some(({ name }) => name.includes('/calls-'))));
    let before = await fetched();
    assert.ok(!before.some(({ name }) => name.endsWith('.txt')), 'English needs no file');
    for (const language of languages) {
      const words = texts(language);
      await speak(language);
      for (const key of ['placeholder', 'sent', 'end', 'menu_sound']) await vera.frame.getByText(words[key], { exact: true }).or(vera.frame.getByPlaceholder(words[key], { exact: true })).first().waitFor({ state: 'attached' });
      assert.deepEqual(await vera.frame.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [language, ['ar', 'he'].includes(language) ? 'rtl' : 'ltr']);
      const now = await fetched();
      const [file, ...more] = now.slice(before.length);
      assert.match(file.name, new RegExp(`/assets/${language}-\\w+\\.txt$`));
      assert.deepEqual(more, [], language);
      assert.ok(file.encodedBodySize > 0 && file.encodedBodySize <= MOST, `${language}: ${file.encodedBodySize} bytes`);
      before = now;
    }
    await speak('en');
    await until(async () => assert.equal(await vera.field.getAttribute('placeholder'), 'Write a message …'));
    await speak(languages.at(-1));
    await until(async () => assert.equal(await vera.frame.evaluate(() => document.documentElement.lang), languages.at(-1)));
    const again = (await fetched()).slice(before.length);
    assert.ok(again.every(({ transferSize }) => !transferSize), 'what is in the browser’s cache is not asked for again');
  });
}, { only: ['SQLite'] });
