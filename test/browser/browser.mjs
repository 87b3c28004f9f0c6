// Debian's Chromium, and what every test asks of a page. Its headless shell does for
// most; it has no rules for what frames of other sites may store and what sites may notify
// of, which takes the whole.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const shell = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const whole = process.env.CHROMIUM ?? '/usr/bin/chromium';

const options = (executablePath, extra) => ({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', ...extra],
});

export const launch = (extra = []) => chromium.launch(options(shell, extra));

/** launchWhole is a browser whose windows let frames of other sites keep nothing, and sites notify if that is permitted. */
export const launchWhole = () => chromium.launch(options(whole, []));

/** profile is a browser with a profile of its own, which lets frames of other sites keep something. */
export async function profile(extra = []) {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile: { block_third_party_cookies: false, cookie_controls_mode: 0 } }));
  const context = await chromium.launchPersistentContext(folder, options(whole, extra));
  /** end closes the browser and forgets the profile. */
  const end = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return Object.assign(context, { end });
}

/** still waits until nothing moves any more; what moves for ever does not count. */
function still() {
  const moving = document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity);
  return Promise.allSettled(moving.map((animation) => animation.finished)).then(() => undefined);
}

/** What the dark can change: everything else has been looked at in the light. */
const onlyColours = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** accessible fails when axe-core finds anything in the page, its frames included, light or dark. */
export async function accessible(page, state) {
  for (const [colorScheme, rules] of Object.entries({ light: {}, dark: onlyColours })) {
    await page.emulateMedia({ colorScheme });
    await examine(page, `${state}, ${colorScheme}`, rules);
  }
}

async function examine(page, state, rules) {
  await page.mouse.move(0, 0);
  await page.getByRole('tooltip').first().waitFor({ state: 'hidden' });
  for (const frame of page.frames()) {
    await frame.evaluate(still);
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  }
  const found = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ['violations'], ...rules }), rules);
  const problems = found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html).join('\n  ')}`);
  assert.equal(problems.length, 0, `${state}:\n${problems.join('\n')}`);
}

/** complaints collects what a page threw or logged as an error; network errors while a server is down are not the page's fault. */
export function complaints(page) {
  const list = [];
  page.on('pageerror', (error) => list.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_|Failed to load resource|WebSocket connection/.test(message.text())) list.push(message.text());
  });
  return list;
}
