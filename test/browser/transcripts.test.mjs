// Transcripts: a visitor asks for one at the end, an agent asks for one and takes it back,
// saves a PDF, and has both without asking, on a desktop and on a phone. The mails reach a mail server and are looked at
// in a browser: what hostile people wrote is text there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessible, launch } from './browser.mjs';
import { header, page } from './letter.mjs';
import { Post } from './post.mjs';
import { Stage, until } from './stage.mjs';

const looks = { desktop: {}, phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true } };
const pictures = process.env.FOYER_LOOK; // a folder for pictures of every state
const hostile = `<img src=x onerror="hit=1"><script>hit=1</script>`;
const entities = 'list &lt;img src=x onerror=hit=1&gt;.csv';

const post = new Post();
const stage = new Stage();
let browser;
before(async () => {
  await post.open();
  browser = await launch();
  await stage.open(browser, 'SQLite', { flags: ['--allow-private-outbound'] });
  await stage.foyer.settings(post.settings);
});
after(async () => {
  await browser?.close();
  await stage.close();
  post.close();
});

/** arrived is the only mail to somebody, once it is there. */
const arrived = (address) => until(() => {
  const mails = post.mails.filter((mail) => header(mail, 'To').includes(`<${address}>`));
  assert.equal(mails.length, 1, `mails to ${address}`);
  return mails[0];
});

/** looked at is a mail's page as text, in a window where scripts would run. */
async function lookedAt(mail, picture) {
  const window = await stage.window();
  await window.setContent(page(mail));
  assert.equal(await window.locator('script, img:not([src^="cid:"])').count(), 0, 'what people wrote is part of the page');
  assert.equal(await window.evaluate(() => window.hit), undefined);
  if (pictures) await window.screenshot({ path: `${pictures}/${picture}.png` });
  const text = await window.locator('body').innerText();
  await window.context().close();
  return text;
}

for (const [look, options] of Object.entries(looks)) {
  test(`transcripts, ${look}`, async () => {
    await stage.nobodyIsThere();
    await stage.foyer.setting('Livechat_enable_transcript', true);
    const mara = await stage.agent(`Mara-${look}`, { fullName: `Mara ${hostile}`, roles: ['livechat-manager'], ...options });
    const act = async (name) => {
      if (look === 'phone') await mara.page.getByRole('button', { name: 'More actions', exact: true }).click();
      await mara.page.getByRole(look === 'phone' ? 'menuitem' : 'button', { name, exact: true }).click();
    };
    const chat = async (name, words) => {
      const visitor = await stage.visitor(options);
      await visitor.open();
      await visitor.register({ name: `${name} ${hostile}`, email: `${name}-${look}@example.com`.toLowerCase() });
      await visitor.say(words);
      const back = mara.page.getByRole('link', { name: 'Back to the list' });
      if (await back.isVisible()) await back.click();
      await mara.choose(name);
      return visitor;
    };
    const seen = async (person, state) => {
      await accessible(person.page, `${state}, ${look}`);
      for (const colorScheme of pictures ? ['light', 'dark'] : []) {
        await person.page.emulateMedia({ colorScheme });
        await person.page.screenshot({ path: `${pictures}/${look}-${state.replaceAll(' ', '-')}-${colorScheme}.png` });
      }
    };

    // LC-TRS-1: asked, and wanted.
    const nora = await chat('Nora', hostile);
    await nora.chat.getByLabel('Attach a file').setInputFiles({ name: entities, mimeType: 'text/csv', buffer: Buffer.from('a,b\n') });
    await mara.log.getByText(/^list/).waitFor();
    await mara.say(`Hello ${hostile}`);
    await nora.reads(`Hello ${hostile}`);
    await nora.end();
    await seen(nora, 'asked for a transcript');
    await nora.chat.getByRole('button', { name: `Send to nora-${look}@example.com` }).click();
    await nora.chat.getByText(`It is on its way to nora-${look}@example.com`).waitFor();
    const mail = await arrived(`nora-${look}@example.com`);
    assert.equal(header(mail, 'Subject'), 'Transcript of your conversation');
    const text = await lookedAt(mail, `${look}-mail`);
    for (const words of ['You', hostile, `Hello ${hostile}`, `Mara ${hostile}`, entities]) {
      assert(text.includes(words), `no ${words} in:\n${text}`);
    }

    // LC-TRS-2: requested, taken back, requested again; LC-PDF-1: the PDF of what is over.
    await stage.foyer.setting('Livechat_enable_transcript', false);
    await chat('Kim', 'Where is my parcel?');
    await act('Send transcript at the end');
    await mara.page.getByText(`The transcript goes to kim-${look}@example.com`).waitFor();
    await act('Do not send the transcript');
    await mara.page.getByText('No transcript is sent.').waitFor();
    await act('Send transcript at the end');
    await mara.close('Told where it is', 'parcel');
    const request = await lookedAt(await arrived(`kim-${look}@example.com`), `${look}-requested`);
    assert.match(request, /Where is my parcel\?/);
    await act('Export PDF');
    await mara.page.getByText('The PDF is there.').waitFor();
    await seen(mara, 'the PDF is there');
    const [download] = await Promise.all([mara.page.waitForEvent('download'), act('Save the PDF')]);
    assert.match(download.suggestedFilename(), /\.pdf$/);
    assert.equal(readFileSync(await download.path(), 'latin1').slice(0, 5), '%PDF-');

    // Taken back for good: none comes, though the chat after it has one.
    await chat('Lou', 'Never mind');
    await act('Send transcript at the end');
    await act('Do not send the transcript');
    await mara.close('Nothing to do', 'parcel');

    // Lifecycle 10.2: what the site and the agent prefer when visitors end.
    await stage.foyer.setting('Accounts_Default_User_Preferences_omnichannelTranscriptEmail', true);
    await mara.page.goto(`${stage.foyer.url}/console/account`);
    const wish = (name) => mara.page.getByRole('switch', { name });
    const chosen = (name) => until(async () => assert(await wish(name).isChecked(), `${name} is off`));
    await chosen('Mail the transcript to the visitor');
    await wish('Export the chat as PDF').click({ force: true });
    await chosen('Export the chat as PDF');
    await mara.page.reload();
    await chosen('Export the chat as PDF');
    // LC-PDF-4: what was made waits for who asked, until it is put away.
    const [again] = await Promise.all([mara.page.waitForEvent('download'), mara.page.getByRole('button', { name: 'Save the PDF' }).click()]);
    assert.equal(readFileSync(await again.path(), 'latin1').slice(0, 5), '%PDF-');
    await seen(mara, 'preferences');
    await mara.page.getByRole('button', { name: /^Put away the notice about Kim/ }).click();
    await mara.page.getByRole('heading', { name: 'Your PDFs' }).waitFor({ state: 'detached' });
    await mara.page.goto(`${stage.foyer.url}/console/`);
    const ann = await chat('Ann', 'Thank you');
    await ann.end();
    await act('Save the PDF');
    assert.match(await lookedAt(await arrived(`ann-${look}@example.com`), `${look}-preferred`), /Thank you/);
    assert.equal(post.mails.some((one) => header(one, 'To').includes(`lou-${look}`)), false, 'a transcript that was taken back came');
    await stage.clear();
  });
}
