import { describe, expect, it } from 'vitest';
import { changes, circle, draftOf, fieldOf, fresh, isNeeded, mistakes, saveOf, type Draft, type Field, type Line } from './draft';
import type { Department, Link } from './queries';

const department = (more: Partial<Department> = {}): Department =>
  ({ _id: 'd1', name: 'Sales', enabled: true, showOnRegistration: true, showOnOfflineForm: false, allowReceiveForwardOffline: false, numAgents: 0, type: 'd', _updatedAt: '', ...more });
const link = (agentId: string, count: number, order: number) => ({ agentId, username: agentId, count, order }) as Link;
const line = (agentId: string, count: number | '', order: number | ''): Line => ({ agentId, username: agentId, count, order });

describe('a draft', () => {
  it('holds what is not set as nothing', () => {
    expect(draftOf(department(), [])).toMatchObject({ description: '', maxNumberSimultaneousChat: '', chatClosingTags: [], unit: '', fallbackForwardDepartment: '' });
  });
  it('knows which fields differ', () => {
    const from = draftOf(department(), [link('a', 1, 0)]);
    expect(changes(from, { ...from })).toEqual([]);
    expect(changes(from, { ...from, name: 'X', agents: [] })).toEqual(['name', 'agents']);
  });
});

describe('what is wrong', () => {
  const wrong = (more: Partial<Draft>) => Object.keys(mistakes({ ...fresh, name: 'A', email: 'a@b', ...more }));
  it('is a missing name, an address that is none, required tags without tags', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ name: '  ' })).toEqual(['name']);
    for (const email of ['', 'a', 'a@b, c', 'a@b;c@d', 'a b@c']) expect(wrong({ email })).toEqual(['email']);
    expect(wrong({ email: 'a@b.c, d@e.f' })).toEqual([]);
    expect(wrong({ requestTagBeforeClosingChat: true })).toEqual(['chatClosingTags']);
  });
  it('comes only of fields marked as needed', () => {
    const needed = (draft: Draft) => (Object.keys(draft) as Field[]).filter((field) => isNeeded(field, draft));
    expect(needed(fresh)).toEqual(Object.keys(mistakes(fresh)));
    const asking = { ...fresh, requestTagBeforeClosingChat: true };
    expect(needed(asking)).toEqual(Object.keys(mistakes(asking)));
  });
  it('is told beside its field', () => {
    expect(fieldOf('error-fallback-department-circular')).toBe('fallbackForwardDepartment');
    expect(fieldOf('error-user-is-not-agent')).toBeUndefined();
  });
});

describe('what is sent', () => {
  const from = draftOf(department({ parentId: 'u1' }), [link('a', 5, 0), link('b', 7, 1), link('c', 9, 2)]);
  it('leaves the unit and untouched agents alone', () => {
    expect(saveOf('d1', from, { ...from, name: 'New' })).toMatchObject({ id: 'd1', agents: [], remove: [], unit: undefined, department: { name: 'New' } });
  });
  it('names only what a person changed of an agent', () => {
    const to = { ...from, agents: [line('a', 5, 3), line('b', 0, 1), line('d', '', '')] };
    expect(saveOf('d1', from, to)).toMatchObject({ agents: [{ agentId: 'a', order: 3 }, { agentId: 'b', count: 0 }, { agentId: 'd' }], remove: ['c'] });
    expect(saveOf('d1', from, to).agents[0]).not.toHaveProperty('count');
  });
  it('takes the department out of its unit, or moves it', () => {
    expect(saveOf('d1', from, { ...from, unit: '' }).unit).toBe('');
    expect(saveOf('d1', from, { ...from, unit: 'u2' }).unit).toBe('u2');
  });
  it('sends an emptied number as not set', () => {
    expect(saveOf('d1', from, { ...from, maxNumberSimultaneousChat: '' }).department.maxNumberSimultaneousChat).toBe(0);
  });
});

describe('a circle', () => {
  it('would be closed by whoever leads here, however far away', () => {
    const every = [department({ _id: 'a', fallbackForwardDepartment: 'b' }), department({ _id: 'b', fallbackForwardDepartment: 'c' }), department({ _id: 'c' }), department({ _id: 'd' })];
    expect([...circle('c', every)].sort()).toEqual(['a', 'b', 'c']);
    expect([...circle('a', every)]).toEqual(['a']);
  });
});
