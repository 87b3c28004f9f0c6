import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { apply, change, outdated, type Change } from './change';

/** A watched entry whose reads are answered one by one. */
function watched() {
  const client = new QueryClient();
  const answers: ((value: string) => void)[] = [];
  const read = () => new Promise<string>((resolve) => answers.push(resolve));
  new QueryObserver(client, { queryKey: ['entry'], queryFn: read }).subscribe(() => undefined);
  return { client, answers, shown: () => client.getQueryData(['entry']) };
}

const news: [string, Change][] = [
  ['outdated', outdated(['entry'])],
  ['changed', change<string>(['entry'], () => 'changed')],
];

describe('an entry', () => {
  it.each(news)('that is %s while it is read for the first time is read once more', async (_, one) => {
    const { client, answers, shown } = watched();
    apply(client, [one]);
    apply(client, [one]);
    answers[0]?.('old');
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.('new');
    await expect.poll(shown).toBe('new');
    expect(answers).toHaveLength(2);
  });
  it.each(news)('that is %s while it is read again does not fall back to the older answer', async (_, one) => {
    const { client, answers, shown } = watched();
    answers[0]?.('first');
    await expect.poll(shown).toBe('first');
    void client.invalidateQueries({ queryKey: ['entry'] });
    apply(client, [one]);
    await expect.poll(() => answers.length).toBe(3);
    answers[1]?.('old');
    answers[2]?.('new');
    await expect.poll(shown).toBe('new');
  });
});
