// Pictures of the widget in its states: phone and desktop, light and dark, left and right, three
// languages. make screenshots puts them into .cache/screenshots, to be looked at.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch } from './browser.mjs';
import { Stage } from './stage.mjs';

const target = resolve(import.meta.dirname, '../../.cache/screenshots');
mkdirSync(target, { recursive: true });
const looks = [
  { name: 'desktop-light-en', locale: 'en-US', colorScheme: 'light', position: 'right', viewport: { width: 1280, height: 800 } },
  { name: 'desktop-dark-de', locale: 'de-DE', colorScheme: 'dark', position: 'left', viewport: { width: 1280, height: 800 } },
  { name: 'phone-light-de', locale: 'de-DE', colorScheme: 'light', position: 'right', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  { name: 'phone-dark-ar', locale: 'ar', colorScheme: 'dark', position: 'left', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  { name: 'desktop-light-ar', locale: 'ar', colorScheme: 'light', position: 'right', viewport: { width: 1280, height: 800 } },
];

const stage = new Stage();
const browser = await launch();

/** A visitor's way through the widget, with a picture of each state. */
async function walk({ name, position, ...options }, agent) {
  const visitor = await stage.visitor(options);
  const frame = () => visitor.frame;
  const api = (method, ...args) => visitor.page.evaluate(([method, args]) => window.RocketChat.livechat[method](...args), [method, args]);
  let n = 0;
  const picture = async (state) => {
    await visitor.page.mouse.move(0, 0);
    await visitor.page.waitForTimeout(400);
    await visitor.page.screenshot({ path: `${target}/${name}-${++n}-${state}.png` });
  };
  await frame().locator('#launcher').waitFor();
  await api('setTheme', { position });
  await picture('bubble');
  await api('maximizeWidget');
  await frame().locator('form').waitFor();
  await picture(agent ? 'form' : 'offline');
  if (!agent) return;
  await frame().locator('[name=name]').fill('Nora Fields');
  await frame().locator('[name=email]').fill('nora@');
  await frame().locator('button.main').click();
  await picture('form-wrong');
  await frame().locator('[name=email]').fill(`nora-${name}@example.com`);
  await frame().locator('button.main').click();
  const field = frame().locator('textarea[name=message]');
  await field.fill('Would a fig like a *north* window?');
  await field.press('Enter');
  await frame().locator('.mine .bubble').waitFor();
  await agent.page.reload();
  await agent.row('Nora Fields').first().waitFor();
  await agent.choose('Nora Fields');
  await agent.say('It prefers a brighter place:\n- east is *perfect*\n- west is fine\nSee https://example.com/figs');
  await frame().locator('.group:not(.mine) .bubble .list').waitFor();
  await picture('chat');
  await frame().locator('[aria-haspopup=menu]').click();
  await frame().locator('.menu').waitFor();
  await picture('menu');
  await visitor.page.keyboard.press('Escape');
  await frame().locator('.below .quiet').first().click();
  await frame().locator('dialog .quiet').click();
  await frame().locator('.stars').waitFor();
  await frame().locator('.stars label').nth(3).click();
  await picture('rating');
  await visitor.leave();
}

/** The card of a trigger that speaks on the shop's page. */
async function card({ name, position, ...options }) {
  const visitor = await stage.visitor(options);
  await visitor.frame.locator('#launcher').waitFor();
  await visitor.page.evaluate((position) => window.RocketChat.livechat.setTheme({ position }), position);
  await visitor.frame.locator('.card').waitFor();
  await visitor.page.screenshot({ path: `${target}/${name}-0-card.png` });
  await visitor.leave();
}

try {
  await stage.open(browser, 'SQLite');
  await stage.foyer.setting('Livechat_enable_transcript', true);
  for (const look of looks) await walk(look);
  const agent = await stage.agent('Mara', { fullName: 'Mara Lindqvist' });
  for (const look of looks) await walk(look, agent);
  await stage.foyer.call('POST', '/api/v1/livechat/triggers', {
    name: 'shop', description: '', enabled: true, runOnce: false, conditions: [{ name: 'page-url', value: '/demo' }],
    actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Robin', msg: 'Good to see you! May I help you find a plant for your room?' } }],
  });
  for (const look of looks) await card(look);
} finally {
  await browser.close();
  await stage.close();
}
