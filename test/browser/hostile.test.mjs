// What people write is text, whatever it looks like: it is shown as it is written
// and runs nothing, on either side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';

const run = 'window.top.hacked=1;alert(1)';
const texts = [
  `<img src=x onerror="${run}">`,
  `<script>${run}</script><svg onload="${run}"><iframe srcdoc="<script>${run}</script>">`,
  `javascript:${run} [link](javascript:${run}) https://example.com/"onmouseover="${run}`,
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} %3Cscript%3E &lt;b&gt; </textarea></template>',
  'pay \u202Eexe.gpj\u202C now, \u2066isolated\u2069 and \u200Bnothing',
  'Z̸̧͝a̶l̷g̵o̷ 👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 مرحبا שלום 你好',
  'x'.repeat(5000),
];
const name = `Mallory "><img src=x onerror=${run}>`;

eachEngine('hostile texts', (stage) => {
  test('are shown as text and run nothing', async () => {
    const ada = await stage.agent('Ada');
    const mallory = await stage.visitor();
    const dialogs = [];
    for (const { page } of [ada, mallory]) page.on('dialog', (dialog) => { dialogs.push(dialog.message()); return dialog.dismiss(); });
    await mallory.open();
    await mallory.register({ name, email: 'mallory@example.com' });
    await mallory.say(texts[0]);
    await ada.choose(name);
    for (const text of texts.slice(1)) await mallory.say(text);
    for (const text of texts) await ada.say(text);
    await stage.agree(mallory, ada, [...texts, ...texts]);

    const links = [...await mallory.log.getByRole('link').all(), ...await ada.log.getByRole('link').all()];
    assert.equal(links.length, 4, 'only the address is a link');
    for (const link of links) {
      assert.match(await link.getAttribute('href'), /^https:\/\/example\.com\//);
      assert.match(await link.getAttribute('rel'), /noopener/);
      await link.hover();
    }
    await ada.close(texts[0], `<img src=x onerror="${run}">`);
    await mallory.finished();
    assert.deepEqual(await mallory.shown(), [...texts, ...texts, texts[0]], 'the closing comment is the last message');
    await ada.log.getByText(texts[0]).last().waitFor();
    assert.deepEqual(dialogs, []);
    for (const { page } of [ada, mallory]) assert.equal(await page.evaluate(() => window.hacked), undefined);
  });
}, { only: ['SQLite'] });
