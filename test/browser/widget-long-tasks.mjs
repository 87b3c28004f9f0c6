// How long the widget keeps a page from answering, on a processor that is slowed four times: the longest task of each
// step, from the page's load to the history of a conversation. Page and server are the same site here, so page and
// frame share one thread, which is the hardest case. The same page without the widget is measured in the same run.
// node widget-long-tasks.mjs [rounds]; fails when the middle one of a step's rounds is over 50 ms.
import { launch } from './browser.mjs';
import { host } from './host.mjs';
import { SlowPage } from './slow-page.mjs';
import { Stage } from './stage.mjs';

const SLOWER = 4;
const LONG = 50;
const SAID = 50;
const rounds = Number(process.argv[2] ?? 5);
const stage = new Stage();
const browser = await launch();
const seen = {};

/** One visit, from a page without the widget to the end of a chat. */
async function visit(site, frame) {
  const slow = await SlowPage.open(browser, SLOWER);
  const origin = site.slice(0, -1);
  const step = async (name, act, where = frame) => (seen[name] ??= []).push(await slow.record(where, act));
  const says = (words) => slow.until(frame, `document.querySelector('.log')?.textContent.includes(${JSON.stringify(words)})`);
  const bubbles = (n) => slow.until(frame, `document.querySelectorAll('.mine .bubble').length >= ${n} && !document.querySelector('.sending')`);
  const at = async (selector) => {
    const [x, y, wide, high] = await slow.ask(frame, `(() => { const it = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return [it.x, it.y, it.width, it.height]; })()`);
    const [left, top] = await slow.ask(origin, '(() => { const it = document.querySelector("#rocketchat-iframe").getBoundingClientRect(); return [it.x, it.y]; })()');
    return [left + x + wide / 2, top + y + high / 2];
  };
  const fill = async (selector, text) => {
    await slow.click(...(await at(selector)));
    await slow.type(text);
  };
  const say = async (text) => {
    await slow.type(text);
    await slow.press('Enter', 13);
  };
  await slow.go(`${site}?bare`);
  await slow.until(origin, 'document.readyState === "complete"');
  await step('the page without the widget, load', () => slow.go(`${site}?bare`), origin);
  await step('page load', async () => { await slow.go(site); await slow.until(frame, '!document.querySelector("#launcher").hidden'); });
  await step('chat opened', async () => { await slow.click(...(await at('#launcher'))); await slow.until(frame, 'Boolean(document.querySelector("[name=email]"))'); });
  await step('form sent', async () => {
    await fill('[name=name]', 'Vera');
    await fill('[name=email]', 'vera@example.com');
    await slow.press('Enter', 13);
    await slow.until(frame, 'Boolean(document.querySelector("textarea"))');
  });
  await slow.click(...(await at('textarea')));
  await step('first message', async () => { await say('Hello.'); await bubbles(1); });
  await step(`${SAID - 1} more`, async () => {
    for (let n = 2; n <= SAID; n++) {
      await say(`Message ${n} with *a little* formatting and https://example.com/${n}`);
      await bubbles(n);
    }
  });
  await step(`page load with a history of ${SAID}`, async () => { await slow.go(site); await says(`https://example.com/${SAID}`); await bubbles(SAID); });
  await slow.close();
}

const middle = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const longest = (tasks, script) => tasks.find((it) => it.script === script) ?? { ms: 0, parts: '' };
let failed = false;
try {
  await stage.open(browser, 'SQLite');
  await stage.foyer.settings({ Livechat_accept_chats_with_no_agents: true });
  const site = await host({ server: stage.foyer.url });
  for (let n = 0; n < rounds; n++) await visit(site.url, stage.foyer.url);
  site.close();
  console.log(`Longest task of each step, in milliseconds of a processor ${SLOWER} times slower; the middle one of ${rounds} rounds (and all)\n`);
  console.log('| step | with script, and the style and layout it asks for | the browser alone: documents, fonts, paint |\n| --- | ---: | ---: |');
  for (const [step, list] of Object.entries(seen)) {
    const [script, alone] = [true, false].map((kind) => list.map((tasks) => longest(tasks, kind).ms));
    const cell = (all) => `${middle(all).toFixed(0)} (${all.map(Math.round).join(', ')})`;
    console.log(`| ${step} | ${cell(script)} | ${cell(alone)} |`);
    if (middle(script) <= LONG) continue;
    failed = true;
    for (const tasks of list) console.error(`  ${longest(tasks, true).parts}`);
  }
} finally {
  await browser.close();
  await stage.close();
}
process.exitCode = failed ? 1 : 0;
