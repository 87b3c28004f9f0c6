// Makes docs/images/conversation.png: the shop with the open widget and, beside
// it, the same chat in the console. Run it after make build: node screenshots.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { Foyer } from './foyer.mjs';
import { Agent, Visitor } from './people.mjs';

const folder = join(import.meta.dirname, '../../docs/images');
const person = { username: 'alex', name: 'Alex', password: 'Agent-password-1' };
const shopSize = { width: 760, height: 900 };
const consoleSize = { width: 1180, height: 900 };

mkdirSync(folder, { recursive: true });
const foyer = await Foyer.start('SQLite');
const browser = await launch();
try {
  const window = async (viewport) => (await browser.newContext({ viewport, locale: 'en-GB', colorScheme: 'light' })).newPage();
  foyer.addAgent(person);

  const agent = new Agent(await window(consoleSize));
  await agent.page.goto(`${foyer.url}/console/`);
  await agent.signIn(person);
  await agent.ready();

  const visitor = new Visitor(await window(shopSize));
  await visitor.page.goto(`${foyer.url}/demo`);
  await visitor.begin('Maria', 'Hello! Which plant copes with a dark hallway?');

  await agent.choose('Maria');
  for (const text of ['Hello Maria! A cast-iron plant is happy there.', 'It wants water only every second week.']) {
    await agent.say(text);
    await visitor.reads(text);
  }
  const thanks = 'Perfect. Can you deliver one on Friday?';
  await visitor.say(thanks);
  await agent.reads(thanks);
  await agent.field.fill('Of course. I have put one aside for you.');
  await visitor.chat.getByText(/is typing/).waitFor();

  const left = await picture(visitor.page);
  const right = await picture(agent.page);
  const whole = await window({ width: 1600, height: 800 });
  await whole.setContent(`<style>
    body { margin: 0; height: 100vh; display: flex; justify-content: center; align-items: center; gap: 24px; background: #e9edf4 }
    img { height: 720px; border-radius: 12px; box-shadow: 0 8px 28px rgb(20 30 60 / .18) }
  </style><img src="${left}" alt=""><img src="${right}" alt="">`);
  await whole.screenshot({ path: join(folder, 'conversation.png') });
} finally {
  await browser.close();
  await foyer.stop();
}

async function picture(page) {
  const png = await page.screenshot({ animations: 'disabled' });
  return `data:image/png;base64,${png.toString('base64')}`;
}
