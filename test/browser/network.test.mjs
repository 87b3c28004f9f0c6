// The network goes away and comes back, on either side and on both; and a network
// that lets no WebSocket through.
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';

eachEngine('network', (stage) => {
  test('cut and back: the visitor’s, the agent’s, both', async () => {
    const ada = await stage.agent('Ada', { line: await stage.line() });
    const vera = await stage.visitor({ line: await stage.line() });
    await vera.begin('Vera', 'hello');
    await ada.choose('Vera');
    const said = ['hello'];
    for (const [i, cut] of [[vera], [ada], [vera, ada]].entries()) {
      await Promise.all(cut.map((person) => person.offline(true)));
      for (const [letter, person] of [['v', vera], ['a', ada], ['w', vera], ['b', ada]]) {
        said.push(letter + i);
        await person.say(letter + i);
      }
      await cut[0].log.getByText(cut[0] === vera ? 'Not sent' : 'Waiting for the connection…').first().waitFor();
      await Promise.all(cut.map((person) => person.offline(false)));
      await stage.agree(vera, ada, said);
    }
  });

  test('without WebSockets the conversation is as live', async () => {
    const [ada, vera] = [await stage.agent('Ada', { sockets: false }), await stage.visitor({ sockets: false })];
    await vera.begin('Wim', 'No socket here.');
    await ada.choose('Wim');
    await ada.say('Nor here.');
    await vera.reads('Nor here.');
    await ada.field.pressSequentially('Now');
    await vera.log.getByText('Ada Agent is typing').waitFor();
    await vera.field.pressSequentially('Fi');
    await ada.log.getByText('Wim is typing').waitFor();
    await vera.say('Fine.');
    await ada.reads('Fine.');
    await ada.field.fill('');
    await stage.foyer.kill();
    await Promise.all([vera.say('Down?'), ada.say('Up!')]);
    await stage.foyer.restart();
    await stage.agree(vera, ada, ['No socket here.', 'Nor here.', 'Fine.', 'Down?', 'Up!']);
  });
}, { only: ['SQLite'] });
