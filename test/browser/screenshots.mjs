// Makes docs/images/conversation.png: a visitor in the shop, and beside it the
// agent who answers. Run it after a change of the look: node screenshots.mjs
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch } from './browser.mjs';
import { Stage } from './stage.mjs';

const target = resolve(import.meta.dirname, '../../docs/images/conversation.png');
const [shop, desk] = [{ width: 604, height: 844 }, { width: 928, height: 844 }];

/** talk plays the conversation and leaves both people in the middle of it. */
async function talk(stage) {
  const mara = await stage.agent('Mara', { fullName: 'Mara Lindqvist', viewport: desk });
  for (const [name, words] of [['Jonas Weber', 'Could I change the delivery day?'], ['Amina Diallo', 'My aloe has brown tips. Is it thirsty?']]) {
    const other = await stage.visitor();
    await other.begin(name, words);
  }
  const nora = await stage.visitor({ viewport: shop });
  await nora.begin('Nora Fields', 'Would a fig like a north window?');
  await mara.choose('Nora Fields');
  const turns = [
    [mara, 'Hi Nora! It prefers a brighter place: east is perfect.'],
    [nora, 'I only have north.'],
    [mara, 'Then take the silver pothos: it forgives everything.'],
    [nora, 'Sold! Can it come on Friday?'],
  ];
  for (const [person, words] of turns) {
    await person.say(words);
    await (person === mara ? nora : mara).reads(words);
  }
  await nora.page.mouse.move(0, 0); // times show under the pointer
  await mara.field.pressSequentially('Friday it is. ');
  await nora.log.getByText('Mara Lindqvist is typing').waitFor();
  return [nora, mara];
}

/** picture puts the two windows side by side. */
async function picture(stage, windows) {
  const [left, right] = await Promise.all(windows.map(({ page }) => page.screenshot()));
  const page = await stage.window({ viewport: { width: 1600, height: 900 } });
  const image = (png) => `<img alt="" src="data:image/png;base64,${png.toString('base64')}">`;
  await page.setContent(`<!doctype html><style>
    body { margin: 0; height: 100vh; display: flex; align-items: center; justify-content: center; gap: 20px; background: linear-gradient(120deg, #dfe7dd, #dde2f3); }
    img { display: block; border-radius: 14px; box-shadow: 0 12px 40px rgb(20 30 60 / .22), 0 0 0 1px rgb(20 30 60 / .08); }
  </style>${image(left)}${image(right)}`);
  mkdirSync(resolve(target, '..'), { recursive: true });
  await page.screenshot({ path: target });
}

const stage = new Stage();
const browser = await launch();
try {
  await stage.open(browser, 'SQLite');
  await picture(stage, await talk(stage));
} finally {
  await browser.close();
  await stage.close();
}
