// The server is killed in the middle of a conversation and started again:
// nothing is lost, nothing is shown twice, and everybody sees one order.
import { test } from 'node:test';
import { eachEngine } from './each-engine.mjs';

/** counted makes somebody who says numbered things and remembers them. */
function counted(person, letter, said) {
  let count = 0;
  return async (times) => {
    for (let i = 0; i < times; i++) {
      const text = `${letter}${++count}`;
      said.push(text);
      await person.say(text);
    }
  };
}

eachEngine('killed', (stage) => {
  test('both go on writing while the server is down, three times', async () => {
    const ada = await stage.agent('Ada');
    const vera = await stage.visitor();
    await vera.begin('Vera', 'v0');
    await ada.choose('Vera');
    const said = ['v0'];
    const [veraSays, adaSays] = [counted(vera, 'v', said), counted(ada, 'a', said)];
    for (let round = 0; round < 3; round++) {
      await Promise.all([veraSays(4), adaSays(4), stage.foyer.kill()]);
      await Promise.all([veraSays(3), adaSays(3)]);
      await stage.foyer.restart();
      await Promise.all([veraSays(2), adaSays(2)]);
    }
    await stage.agree(vera, ada, said);
    // The conversation is not only repaired, it is live again.
    await vera.say('Still there?');
    await ada.reads('Still there?');
    await ada.say('Always.');
    await vera.reads('Always.');
    await stage.agree(vera, ada, [...said, 'Still there?', 'Always.']);
  });

  test('what is typed before a reload while the server is down is sent afterwards', async () => {
    const ada = await stage.agent('Ada');
    const rolf = await stage.visitor();
    await rolf.begin('Rolf', 'one');
    await ada.choose('Rolf');
    await stage.foyer.kill();
    await rolf.say('two');
    await ada.say('three');
    await rolf.log.getByText('Not sent').waitFor();
    await ada.page.getByText('Waiting for the connection…').waitFor();
    await stage.foyer.restart();
    await Promise.all([rolf.page.reload(), ada.page.reload()]);
    await ada.log.waitFor();
    await stage.agree(rolf, ada, ['one', 'two', 'three']);
  });
});
