// The main job: a visitor and an agent talk, from the first word to the last.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';
import { until } from './stage.mjs';

/** meet holds back the request of each until all have sent it: nobody is late by the machine's fault. */
async function meet(agents, address) {
  let missing = agents.length;
  let go;
  const all = new Promise((done) => (go = done));
  for (const agent of agents) {
    await agent.page.route(address, async (route) => {
      if (--missing === 0) go();
      await all;
      await route.continue();
    });
  }
}

eachEngine('conversation', (stage) => {
  test('from the shop to the agent and back, twice', async () => {
    const ada = await stage.agent('Ada', { signedIn: false });
    await ada.signIn(ada.person);
    await stage.reachable(ada);
    const vera = await stage.visitor();
    await vera.begin('Vera', 'Do you ship to Norway?');

    await ada.choose('Vera');
    await ada.reads('Do you ship to Norway?');
    await ada.field.pressSequentially('We do');
    await vera.log.getByText('Ada Agent is typing').waitFor();
    await ada.say('We do, every Tuesday.');
    await vera.reads('We do, every Tuesday.');
    await vera.log.getByText('Ada Agent is typing').waitFor({ state: 'hidden' });
    await vera.panel.getByRole('heading', { name: 'Ada Agent' }).waitFor();
    await vera.field.pressSequentially('Thank');
    await ada.log.getByText('Vera is typing').waitFor();
    await vera.say('Thank you!');
    await ada.reads('Thank you!');
    await ada.log.getByText('Vera is typing').waitFor({ state: 'hidden' });

    await vera.minimise();
    await ada.say('One more thing.');
    await vera.unread('1 unread message');
    await ada.say('Pots are extra.');
    await vera.unread('2 unread messages');
    await vera.open();
    await vera.reads('Pots are extra.');
    await vera.minimise();
    await vera.chat.getByRole('button', { name: /^Open chat\s*$/ }).waitFor();
    await vera.open();
    await stage.agree(vera, ada, ['Do you ship to Norway?', 'We do, every Tuesday.', 'Thank you!', 'One more thing.', 'Pots are extra.']);

    const first = ada.room;
    await ada.close('Have a green day.', 'shipping', 'norway');
    await vera.finished();
    await vera.reads('Have a green day.');
    const { room } = await stage.foyer.call('GET', `/api/v1/foyer/rooms/${first}`);
    assert.equal(room.open ?? false, false);
    assert.equal(room.closer, 'user');
    assert.deepEqual(room.tags.toSorted(), ['norway', 'shipping']);

    await vera.startAgain();
    await vera.say('And to Sweden?');
    await ada.choose('Vera');
    await ada.reads('And to Sweden?');
    assert.notEqual(ada.room, first);
    assert.deepEqual(await vera.shown(), ['And to Sweden?']);
    await vera.end();
    await ada.page.getByText(/^Closed by the visitor/).waitFor();
    await ada.field.waitFor({ state: 'hidden' });
    await ada.page.getByText('You serve nobody').waitFor();
  });

  test('two agents reach for one chat', async () => {
    await stage.foyer.setting('Livechat_Routing_Method', 'Manual_Selection');
    const [ada, ben] = [await stage.agent('Ada'), await stage.agent('Ben')];
    const vito = await stage.visitor();
    await vito.begin('Vito', 'Is the glasshouse open?');
    await vito.log.getByText('The next free colleague answers you here.').waitFor();
    await Promise.all([ada, ben].map((agent) => agent.row('Vito').getByText('Is the glasshouse open?').waitFor()));

    await meet([ada, ben], '**/livechat/inquiries.take');
    const told = Promise.any([ada, ben].map((agent) => agent.page.getByRole('log', { name: 'Notices' }).getByText('Somebody was quicker').waitFor()));
    await Promise.all([ada.take('Vito'), ben.take('Vito')]);
    const [winner, loser] = await until(async () => {
      const serving = [await ada.field.count(), await ben.field.count()];
      assert.equal(serving[0] + serving[1], 1, 'one of them can write');
      return serving[0] ? [ada, ben] : [ben, ada];
    });
    await told;
    await loser.page.getByText('No chat chosen').waitFor();
    await loser.page.getByText('Nobody is waiting').waitFor();
    assert.equal(await loser.row('Vito').count(), 0);
    await winner.say('It is.');
    await vito.reads('It is.');
    await vito.panel.getByRole('heading', { name: winner.person.name }).waitFor();
    const { room } = await stage.foyer.call('GET', `/api/v1/foyer/rooms/${winner.room}`);
    assert.equal(room.servedBy.username, winner.person.username);
    await stage.agree(vito, winner, ['Is the glasshouse open?', 'It is.']);
  });
});
