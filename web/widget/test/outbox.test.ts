import { describe, expect, it } from 'vitest';
import { type Entry, openOutbox } from '../model/outbox';
import { Refusal } from '../model/ports';
import { chance, FakeClock, memoryStore, settle } from './fakes';

function setUp(send: (entry: Entry) => Promise<void>, store = memoryStore(), clock = new FakeClock()) {
  let ids = 0;
  const outbox = openOutbox({ clock, store, random: () => 0.5, send, changed: () => undefined, id: () => `id${clock.now()}-${ids++}` });
  return { outbox, store, clock };
}

describe('outbox', () => {
  it('sends one after the other, in the order written', async () => {
    const sent: string[] = [];
    const { outbox, store } = setUp(async ({ text }) => void sent.push(text));
    outbox.add('one');
    outbox.add('two');
    await settle();
    expect(sent).toEqual(['one', 'two']);
    expect(outbox.entries()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });

  it('says "not sent" after the second failure and goes on trying', async () => {
    let down = true;
    const { outbox, clock } = setUp(async () => {
      if (down) throw new TypeError('Failed to fetch');
    });
    outbox.add('one');
    await settle();
    expect(outbox.entries()[0]?.failed).toBe(false);
    await clock.pass(2000);
    expect(outbox.entries()[0]?.failed).toBe(true);
    down = false;
    await clock.pass(60_000);
    expect(outbox.entries()).toEqual([]);
  });

  it('lets a refused message wait for the visitor and sends the others', async () => {
    let refuse = true;
    const sent: string[] = [];
    const { outbox, clock } = setUp(async ({ text }) => {
      if (text === 'bad' && refuse) throw new Refusal(400, 'message-length-exceeds-character-limit');
      sent.push(text);
    });
    outbox.add('bad');
    outbox.add('good');
    await clock.pass(60_000);
    expect(sent).toEqual(['good']);
    expect(outbox.entries().map((e) => [e.text, e.failed])).toEqual([['bad', true]]);
    refuse = false;
    outbox.retry(outbox.entries()[0]!.id);
    await settle();
    expect(sent).toEqual(['good', 'bad']);
  });

  it.each([429, 408, 500, 503])('tries again after status %i', async (status) => {
    let tries = 0;
    const { outbox, clock } = setUp(async () => {
      if (++tries === 1) throw new Refusal(status, '');
    });
    outbox.add('one');
    await clock.pass(5000);
    expect([tries, outbox.entries().length]).toEqual([2, 0]);
  });

  it('forgets what cannot be read', () => {
    const { outbox } = setUp(async () => undefined, memoryStore(new Map([['out:x', '{"text":1}'], ['out:y', 'no json']])));
    expect(outbox.entries()).toEqual([]);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => [seed]))('delivers everything once and in order over a bad network and reloads (seed %i)', async (seed) => {
    const random = chance(seed);
    const stored = new Map<string, string>();
    const send = async ({ id, text }: Entry) => {
      if (random() < 0.3) throw new TypeError('lost on the way there');
      if (!stored.has(id)) stored.set(id, text);
      if (random() < 0.3) throw new TypeError('lost on the way back');
    };
    let { outbox, store, clock } = setUp(send);
    const written = Array.from({ length: 15 }, (_, i) => `text ${i}`);
    for (const text of written) {
      outbox.add(text);
      await clock.pass(random() * 3000);
      if (random() < 0.3) outbox.kick();
      if (random() < 0.2) ({ outbox } = setUp(send, store, clock));
    }
    outbox.kick();
    await clock.pass(600_000);
    expect([...stored.values()]).toEqual(written);
    expect(outbox.entries()).toEqual([]);
  });
});
