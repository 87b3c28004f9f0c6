import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../lib/text';
import type { Decision } from '../../lib/wire';
import { because, inRank, outcome, ruling } from './reason';
import '../../lib/page-texts';

const [ada, ben, cleo] = ['Ada', 'Ben', 'Cleo'].map((name) => ({ _id: name.toLowerCase(), username: name.toLowerCase(), name })) as [P, P, P];
type P = { _id: string; username: string; name: string };
const considered = (agent: P, more: object = {}) => ({ agent, load: 1, local: 0, count: 4, order: 0, ...more });
const decision = (more: Partial<Decision>): Decision =>
  ({ _id: 'd', at: '2026-03-02T10:00:00.000Z', kind: 'open', method: 'Auto_Selection', rule: 'method', reason: 'The server’s words.', candidates: [], ...more }) as Decision;

afterEach(() => speak('en'));

describe('what was decided', () => {
  it.each<[Partial<Decision>, string]>([
    [{ agent: ada, rule: 'taken' }, 'Ada took the chat'],
    [{ agent: ada, by: ben, rule: 'assigned' }, 'Ben gave the chat to Ada'],
    [{ agent: ada }, 'The chat went to Ada'],
    [{ rule: 'full', department: { _id: 's', name: 'Sales' } }, 'The chat waits in Sales'],
    [{ rule: 'manual' }, 'The chat waits in the queue'],
    [{ rule: 'refused', error: 'error-no-agents-online-in-department' }, 'The chat could not be forwarded'],
  ])('%j', (more, words) => expect(outcome(decision(more))).toBe(words));
});

describe('why', () => {
  it('tells what set the agent apart from the others', () =>
    expect(because(decision({ agent: ada, tie: 'count', among: 3 }))).toBe('It was Ada’s turn: of 3 who could have had it, Ada was given the fewest so far.'));
  it('tells of who had no room', () =>
    expect(because(decision({ agent: ada, tie: 'only', among: 1, candidates: [considered(ada), considered(ben, { out: 'full' })] }))).toBe('Only Ada had room for another chat.'));
  it('tells who was preferred, and why', () => expect(because(decision({ agent: ada, rule: 'contact-manager' }))).toBe('Ada is this visitor’s contact manager.'));
  it('names the departments that were passed', () =>
    expect(because(decision({ rule: 'nobody', path: [{ _id: 'a', name: 'Sales' }, { _id: 'b', name: 'Care' }] }))).toBe('Nobody is available. Nobody was there in Sales, Care.'));
  it('says nothing twice', () => expect(because(decision({ agent: ada, rule: 'taken' }))).toBe(''));
  it('leaves a rule of a later version to the server’s words', () => expect(because(decision({ rule: 'moonlight' as 'method' }))).toBe('The server’s words.'));
  it('speaks the language in use', async () => {
    await speak('de');
    expect(because(decision({ rule: 'manual' }))).toBe('Chats warten, bis jemand sie annimmt.');
  });
});

describe('who was considered', () => {
  it.each([[{ out: 'full', has: 3, limit: 3 }, 'Has 3 of 3 chats'], [{ out: 'idle' }, 'Away from the keyboard'], [{}, '1 chat']])('%j', (more, words) =>
    expect(ruling(considered(ada, more) as Decision['candidates'][number])).toBe(words));
  it('has the chosen one first, then who could have had it', () => {
    const all = [considered(ada, { out: 'offline' }), considered(cleo), considered(ben)] as Decision['candidates'];
    expect(inRank(decision({ agent: cleo, candidates: all })).map(({ agent }) => agent._id)).toEqual(['cleo', 'ben', 'ada']);
  });
});
