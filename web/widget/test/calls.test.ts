import { expect, it, vi } from 'vitest';
import { pageCalls } from '../model/calls';
import { lookOf } from '../model/look';
import { newTold } from '../model/told';
import { config, settle } from './fakes';

function setUp() {
  const told = newTold();
  const departments = ['sales', 'care'].map((_id) => ({ _id, name: _id.toUpperCase(), showOnRegistration: true, showOnOfflineForm: true }));
  const ports = {
    told, config: () => config({ departments }), changed: vi.fn(), held: vi.fn(), introduced: vi.fn(), open: vi.fn(), show: vi.fn(),
    renew: vi.fn(() => Promise.resolve()), transfer: vi.fn(), warn: vi.fn(),
  };
  return { ...ports, calls: pageCalls(ports) };
}

it('setTheme: a key that is not given stays, one given as undefined goes, an unknown position is ignored', () => {
  const { calls, told, warn } = setUp();
  calls.setTheme({ color: 'red', title: 'A', position: 'left' });
  calls.setTheme({ title: 'B', color: undefined, position: 'middle' });
  expect(told.theme).toEqual({ color: undefined, title: 'B', position: 'left' });
  expect(warn).toHaveBeenCalledOnce();
});

it('setDepartment: by id or name; an unknown one is none, with a warning; an agent of another department is dropped', () => {
  const { calls, told, warn } = setUp();
  calls.setDepartment('SALES');
  expect(told.person.department).toBe('sales');
  calls.setAgent({ _id: 'a', username: 'bob', department: 'sales' });
  calls.setDepartment('care');
  expect([told.person.department, told.agent]).toEqual(['care', null]);
  calls.setDepartment('nowhere');
  expect([told.person.department, warn.mock.calls.length]).toEqual(['', 1]);
  calls.clearDepartment();
  expect(warn).toHaveBeenCalledOnce();
});

it('registerGuest: takes texts, the department and the fields; no object is nothing', () => {
  const { calls, told, introduced } = setUp();
  calls.registerGuest('Ann' as never);
  expect(introduced).not.toHaveBeenCalled();
  calls.registerGuest({ name: 'Ann', email: 7 as never, token: 't', phone: '1', department: 'CARE', customFields: [{ key: 'k', value: 'v', overwrite: false }] });
  expect(told.person).toEqual({ name: 'Ann', token: 't', phone: '1', department: 'care' });
  expect([told.registered, [...told.fields.values()]]).toEqual([true, [{ key: 'k', value: 'v', overwrite: false }]]);
  expect(introduced).toHaveBeenLastCalledWith(true);
  calls.setGuestName('Bea');
  expect([told.person.name, introduced.mock.lastCall]).toEqual(['Bea', [false]]);
});

it('setCustomField: a later value replaces a held one, no key is nothing', () => {
  const { calls, told } = setUp();
  calls.setCustomField('a', '1', false);
  calls.setCustomField('a', undefined as never);
  calls.setCustomField('', 'x');
  expect([...told.fields.values()]).toEqual([{ key: 'a', value: '', overwrite: true }]);
});

it('setBusinessUnit, clearBusinessUnit: read the configuration only when it changes; no id is an error', () => {
  const { calls, told, renew } = setUp();
  calls.setBusinessUnit('u');
  calls.setBusinessUnit('u');
  expect([told.unit, renew.mock.calls.length]).toEqual(['u', 1]);
  calls.clearBusinessUnit();
  expect([told.unit, renew.mock.calls.length]).toEqual(['', 2]);
  for (const wrong of ['', 7, null]) expect(() => calls.setBusinessUnit(wrong as never)).toThrow();
});

it('setBusinessUnit: a unit that there is not is a warning, and the one before stays', async () => {
  const { calls, told, renew, warn } = setUp();
  calls.setBusinessUnit('u');
  renew.mockRejectedValueOnce(new Error('error-unit-not-found'));
  calls.setBusinessUnit('nowhere');
  await settle();
  expect([told.unit, warn.mock.calls]).toEqual(['u', [['setBusinessUnit:', 'Error: error-unit-not-found']]]);
});

it('setHiddenSystemMessages, setGuestMetadata, setAgent, transferChat: wrong arguments', () => {
  const { calls, told, warn, transfer } = setUp();
  calls.setHiddenSystemMessages(['uj', 'nonsense']);
  expect([told.hidden, warn.mock.calls.length]).toEqual([['uj'], 1]);
  expect(() => calls.setHiddenSystemMessages('uj' as never)).toThrow();
  calls.setGuestMetadata({ plan: 'gold', n: 1 as never });
  expect(told.metadata).toEqual({ plan: 'gold', n: '1' });
  expect(() => calls.setGuestMetadata('x' as never)).toThrow();
  calls.setAgent({ _id: 'a' } as never);
  expect([told.agent, warn.mock.calls.length]).toEqual([null, 2]);
  expect(() => calls.transferChat('nowhere')).toThrow();
  calls.transferChat('CARE');
  expect(transfer).toHaveBeenCalledExactlyOnceWith('care');
});

it('pageVisited: remembers where the visitor was, not for ever, and nonsense not at all', () => {
  const { calls, told } = setUp();
  for (let i = 0; i < 30; i++) calls.pageVisited({ change: 'url', title: '', location: { href: `https://shop/${i}` } });
  calls.pageVisited(null as never);
  calls.pageVisited({ change: 'url', title: '', location: { href: 7 } } as never);
  expect([told.visits.length, told.visits[0]?.location.href, told.href]).toEqual([20, 'https://shop/10', 'https://shop/29']);
});

it.each([
  ['the page’s title wins', { title: 'Mine' }, true, { title: 'Mine' }],
  ['the setting’s title', {}, true, { title: 'Ours', color: 'blue', side: 'right' }],
  ['offline', { title: 'Mine', color: 'red', offlineTitle: 'Later' }, false, { title: 'Later', color: 'grey' }],
  ['offline without own title', { color: 'red' }, false, { title: 'Away', color: 'grey' }],
  ['position', { position: 'left' }, true, { side: 'left' }],
  ['a picture from the web', { background: 'url("https://x/y.png") center' }, true, { background: 'url("https://x/y.png") center' }],
  ['a picture from elsewhere', { background: 'url(file:///etc/passwd)' }, true, { background: '#eee' }],
  ['an escaped url', { background: '\\75rl(javascript:x)' }, true, { background: '#eee' }],
  ['faces', { hideAgentAvatar: true, hideGuestAvatar: false }, true, { agentFaces: false, guestFaces: true }],
])('appearance.md 3: %s', (_, theme, online, expected) => {
  const settings = { ...config().theme, title: 'Ours', color: 'blue', offlineTitle: 'Away', offlineColor: 'grey', background: '#eee' };
  expect(lookOf({ theme: settings, online }, theme)).toMatchObject(expected);
});
