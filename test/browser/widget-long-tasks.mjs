// How long the widget keeps a page from answering, on a processor that is slowed four times: the
// long tasks (over 50 ms) of the host page and of the frame, from the page's load to a conversation.
import { launch } from './browser.mjs';
import { host } from './host.mjs';
import { Stage } from './stage.mjs';

const SLOWER = 4;
const stage = new Stage();
const browser = await launch();

/** Notes long tasks from the first line on, in every document. */
function watch() {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask', buffered: true });
}

try {
  await stage.open(browser, 'SQLite');
  await stage.foyer.settings({ Livechat_accept_chats_with_no_agents: true });
  const site = await host({ server: stage.foyer.url.replace('127.0.0.1', 'localhost') });
  const visitor = await stage.visitor({ at: 'about:blank' });
  const { page } = visitor;
  await page.addInitScript(watch);
  const processor = await page.context().newCDPSession(page);
  await processor.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const told = async (step) => {
    const of = async (where) => (await where.evaluate(() => window.long.splice(0))).join(', ') || 'none';
    console.log(`${step}: page ${await of(page)}; frame ${await of(visitor.frame)}`);
  };
  console.log(`Tasks over 50 ms at a processor ${SLOWER} times slower, in milliseconds`);
  await page.goto(site.url);
  await visitor.bubble.waitFor();
  await told('page load');
  await visitor.open();
  await told('chat opened');
  await visitor.register({ name: 'Vera' });
  await told('form sent');
  await visitor.say('Hello.');
  await visitor.chat.getByText('Sent', { exact: true }).waitFor();
  await told('first message');
  for (let n = 0; n < 30; n++) await visitor.say(`Message ${n} with *a little* formatting and https://example.com/${n}`);
  await visitor.reads('Message 29 with a little formatting and https://example.com/29');
  await told('thirty more');
  await visitor.end();
  await told('chat ended');
  site.close();
} finally {
  await browser.close();
  await stage.close();
}
