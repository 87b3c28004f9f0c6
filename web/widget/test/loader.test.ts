// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeToPage } from '../bridge/frame';
import { bridgeToFrame } from '../bridge/page';
import type { EventName } from '../bridge/protocol';
import { rocketChatApi, type RocketChatApi } from '../facades/rocketchat';
import { watchHost } from '../loader/watch';
import type { Widget } from '../loader/widget';

/** The snippet as it stands on customers' pages. */
function snippet(): void {
  const w = window as unknown as { RocketChat: { (c: unknown): void; _: unknown[]; url: string } };
  w.RocketChat = Object.assign((c: unknown) => void w.RocketChat._.push(c), { _: [] as unknown[], url: 'https://chat.example.org/livechat' });
}

const load = async () => {
  vi.resetModules();
  await import('../loader/main');
};
const queue = (run: (this: RocketChatApi) => void) => (window.RocketChat as (run: unknown) => void)(run);
const containers = () => document.querySelectorAll<HTMLElement>('.rocketchat-widget');

beforeEach(() => {
  document.body.innerHTML = '';
  delete window.RocketChat;
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => window.RocketChat?.livechat?.removeWidget());

describe('the loader', () => {
  it('runs what was queued, in order, with the API as this; then at once', async () => {
    snippet();
    const order: unknown[] = [];
    queue(function () { order.push(1, typeof this.maximizeWidget); });
    queue(() => { throw new Error('the page is wrong'); });
    queue(() => void order.push(2));
    await load();
    queue(() => void order.push(3));
    expect(order).toEqual([1, 'function', 2, 3]);
    expect(window.RocketChat?._).toBeUndefined();
    expect(typeof window.RocketChat?.livechat?.minimizeWidget).toBe('function');
  });

  it('makes one container with the frame, under the known names', async () => {
    snippet();
    await load();
    const first = window.RocketChat?.livechat;
    await new Promise((done) => setTimeout(done));
    expect(document.querySelector('div.rocketchat-widget > div.rocketchat-container > iframe#rocketchat-iframe')?.getAttribute('src')).toMatch(new RegExp(`^https://chat.example.org/livechat\\?host=${encodeURIComponent(location.host)}&page=[0-9-]{8,}$`));
    expect(containers()[0]?.dataset['state']).toBe('closed');
    snippet();
    const late = vi.fn();
    queue(late);
    await load();
    expect([containers().length, window.RocketChat?.livechat === first]).toEqual([1, true]);
    expect(late).toHaveBeenCalledOnce();
  });

  it('takes the address that older snippets give, and says that they are old', async () => { // rocketchat-widget.md 1.1
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    window.initRocket = ['https://older.example.org/livechat'];
    await load();
    delete window.initRocket;
    await vi.waitFor(() => expect(document.querySelector('iframe')?.src).toMatch(/^https:\/\/older\.example\.org\/livechat\?/));
    expect(warned.mock.lastCall?.[0]).toContain('initRocket');
    warned.mockRestore();
  });

  it('never throws into the page', async () => {
    await expect(load()).resolves.toBeUndefined();
    snippet();
    window.RocketChat!.url = 'http://[';
    await expect(load()).resolves.toBeUndefined();
    expect(containers().length).toBe(0);
  });
});

/** A widget that notes what it is asked, and tells what the test wants. */
function fakeWidget() {
  const asked: [string, ...unknown[]][] = [];
  let tell: (event: EventName, data?: unknown) => void = () => undefined;
  const widget: Widget = {
    call(fn, ...args) {
      structuredClone(args);
      asked.push([fn, ...args]);
    },
    on: (listener) => void (tell = listener),
    look: () => undefined,
    remove: () => void asked.push(['remove']),
  };
  return { asked, api: rocketChatApi(widget), tell: (event: EventName, data?: unknown) => tell(event, data) };
}

describe('the second API\'s loader', () => {
  it('loaded twice is one: the first stays, and what both snippets asked is done in order', async () => { // LT-LOAD-6
    const all = window as unknown as { livechatoo?: { embed: { options: unknown; status: () => string }; popup: { options: unknown }; _?: unknown[] } };
    vi.spyOn(document, 'currentScript', 'get').mockReturnValue({ src: 'https://chat.example.org/livechatoo/embed.js' } as HTMLScriptElement);
    const again = async () => {
      vi.resetModules();
      await import('../loader/livechatoo');
    };
    all.livechatoo = { embed: { options: {}, status: () => 'loading' }, popup: { options: {} }, _: [['embed', 'init', [{ account: 'one' }], undefined], ['embed', 'init', [{ account: 'two' }], undefined]] };
    await again();
    const first = all.livechatoo;
    await again();
    expect([all.livechatoo === first, containers().length]).toEqual([true, 1]);
    await new Promise((done) => setTimeout(done));
    expect(new URL(document.querySelector('iframe')!.src).searchParams.get('site')).toBe('two');
    delete all.livechatoo;
    vi.restoreAllMocks();
  });
});

describe('the API', () => {
  it('has every method and callback', () => {
    const methods = 'initialize pageVisited setCustomField setTheme setDepartment clearDepartment setBusinessUnit clearBusinessUnit setGuestToken setGuestName setGuestEmail registerGuest setAgent setLanguage showWidget hideWidget maximizeWidget minimizeWidget setParentUrl transferChat setGuestMetadata setHiddenSystemMessages clearAllCallbacks ' +
      'onChatMaximized onChatMinimized onWidgetShown onWidgetHidden onPrechatFormSubmit onOfflineFormSubmit onChatStarted onChatEnded onAssignAgent onAgentStatusChange onQueuePositionChange onServiceOffline';
    const { api } = fakeWidget();
    for (const method of methods.split(' ')) expect(typeof (api as unknown as Record<string, unknown>)[method], method).toBe('function');
  });

  it('passes calls on, and what cannot be passed on never throws', () => {
    const { api, asked } = fakeWidget();
    api.setGuestName('Ann');
    api.registerGuest({ name: () => 'no text' } as never);
    expect(asked).toEqual([['setGuestName', 'Ann']]);
  });

  it('tells of a visited page with its address and title', () => {
    const { api, asked } = fakeWidget();
    document.title = 'Cart';
    api.pageVisited('title');
    expect(asked).toEqual([['pageVisited', { change: 'title', title: 'Cart', location: { href: location.href } }]]);
  });

  it('initialize takes both shapes of fields, skips what is not given and what it does not know', () => {
    const { api, asked } = fakeWidget();
    const theme = { color: '#123456' };
    api.initialize({
      theme, department: 'Sales', businessUnit: 'u', guestToken: 't', guestName: 'Ann', guestEmail: null, registerGuest: { name: 'Ann' }, language: 'de', agent: undefined,
      customField: { key: 'a', value: '1', overwrite: false }, setCustomFields: [{ key: 'b', value: '2' }, ['c', '3', true]],
      parentUrl: 'https://shop', setGuestMetadata: { x: 'y' }, hiddenSystemMessages: ['uj'], nonsense: 1, constructor: 2,
    });
    api.initialize({ customField: ['d', '4'], setCustomFields: 'no list' });
    api.initialize(undefined as never);
    expect(asked).toEqual([
      ['setTheme', theme], ['setDepartment', 'Sales'], ['setBusinessUnit', 'u'], ['setGuestToken', 't'], ['setGuestName', 'Ann'],
      ['registerGuest', { name: 'Ann' }], ['setLanguage', 'de'], ['setCustomField', 'a', '1', false], ['setCustomField', 'b', '2', undefined], ['setCustomField', 'c', '3', true],
      ['setParentUrl', 'https://shop'], ['setGuestMetadata', { x: 'y' }], ['setHiddenSystemMessages', ['uj']], ['setCustomField', 'd', '4', undefined],
    ]);
    expect(vi.mocked(console.error).mock.lastCall?.[0]).toContain('setCustomFields');
  });

  it('calls every listener of an event, also after a broken one', () => {
    const { api, tell } = fakeWidget();
    const heard = vi.fn();
    api.onAssignAgent(() => { throw new Error('the page is wrong'); });
    api.onAssignAgent(heard);
    api.onAssignAgent('nonsense' as never);
    api.onChatStarted(heard);
    tell('assign-agent', { name: 'Bob' });
    tell('chat-ended', { rid: 'r' });
    tell('chat-started', { rid: 'r' });
    expect(heard.mock.calls).toEqual([[{ name: 'Bob' }], []]);
    api.clearAllCallbacks();
    tell('assign-agent');
    expect(heard).toHaveBeenCalledTimes(2);
  });
});

describe('the bridge', () => { // LT-SEC-5, LT-CB-10
  const origin = 'https://chat.example.org';
  const ready = { src: 'rocketchat', fn: 'ready', v: 1 };

  /** A frame whose window notes what is posted to it. */
  function setUp() {
    const posted: { message: unknown; target: unknown; port: MessagePort }[] = [];
    const frameWindow = { postMessage: (message: unknown, target: unknown, ports: MessagePort[]) => void posted.push({ message, target, port: ports[0]! }) };
    const { send } = bridgeToFrame({ contentWindow: frameWindow } as unknown as HTMLIFrameElement, origin, () => undefined);
    const greet = (change: object = {}) => window.dispatchEvent(Object.assign(new Event('message'), { data: ready, origin, source: frameWindow, ...change }));
    return { posted, send, greet };
  }

  it('answers only the frame, only from its origin', () => {
    const { posted, greet } = setUp();
    greet({ origin: 'https://evil.example' });
    greet({ source: window });
    greet({ data: { ...ready, src: 'other' } });
    greet({ data: { ...ready, v: 2 } });
    greet({ data: { ...ready, v: undefined } });
    greet({ data: null });
    expect(posted).toEqual([]);
    greet();
    expect(posted.map(({ message, target }) => [message, target])).toEqual([[{ src: 'rocketchat', fn: 'connect', v: 1 }, origin]]);
  });

  it('takes the channel of its page only, and in a window only of the host it was opened for', () => {
    for (const [host, from, taken] of [['', 'https://any.example', true], ['//shop.example', 'https://shop.example', true], ['//shop.example', 'https://evilshop.example', false], ['//shop.example', 'https://shop.example:81', false], ['//', 'https://shop.example', false]] as const) {
      const opener = { postMessage: vi.fn() };
      const port = { postMessage: vi.fn() };
      const heard: ((event: object) => void)[] = [];
      vi.stubGlobal('addEventListener', (_: string, listener: (event: object) => void) => void heard.push(listener));
      const send = bridgeToPage(opener as unknown as Window, () => undefined, host);
      vi.unstubAllGlobals();
      const connect = (source: unknown, v = 1) => heard[0]!({ data: { src: 'rocketchat', fn: 'connect', v }, origin: from, source, ports: [port] });
      connect(window);
      connect(opener, 2);
      send({ fn: 'news', args: [{ unread: 0 }] });
      expect(port.postMessage).not.toHaveBeenCalled();
      connect(opener);
      expect([host, from, port.postMessage.mock.calls.length]).toEqual([host, from, taken ? 1 : 0]);
    }
  });

  it('holds calls until the frame is ready, in order', async () => {
    const { posted, send, greet } = setUp();
    send({ fn: 'showWidget', args: [] });
    send({ fn: 'maximizeWidget', args: [] });
    greet();
    send({ fn: 'minimizeWidget', args: [] });
    const got: unknown[] = [];
    posted[0]!.port.onmessage = (event) => void got.push((event.data as { fn: string }).fn);
    await vi.waitFor(() => expect(got).toEqual(['showWidget', 'maximizeWidget', 'minimizeWidget']));
    posted[0]!.port.close();
  });

  it('a frame that reloads is told again what holds, and not again where the visitor was', async () => {
    const { posted, send, greet } = setUp();
    greet();
    send({ fn: 'setTheme', args: [{ color: 'red' }] });
    send({ fn: 'pageVisited', args: [{}] });
    greet();
    const got: unknown[] = [];
    posted[1]!.port.onmessage = (event) => void got.push((event.data as { fn: string }).fn);
    send({ fn: 'showWidget', args: [] });
    await vi.waitFor(() => expect(got).toEqual(['setTheme', 'showWidget']));
    posted[1]!.port.close();
  });

  it('of the second API, only what followed the last start is told again, and no offer', async () => {
    const { posted, send, greet } = setUp();
    const ask = (asked: object) => send({ fn: 'livechatoo', args: [asked] } as never);
    ask({ do: 'init', n: 1 });
    ask({ do: 'page', status: 'chat', n: 2 });
    greet();
    ask({ do: 'page', status: 'online', n: 3 });
    greet();
    send({ fn: 'showWidget', args: [] });
    ask({ do: 'init', n: 4 });
    ask({ do: 'page', status: 'chat', n: 5 });
    ask({ do: 'side', side: 'left', n: 6 });
    greet();
    const got: unknown[][] = [[], [], []];
    posted.forEach(({ port }, i) => (port.onmessage = ({ data }) => void got[i]!.push((data as { args: { n: number }[] }).args[0]?.n ?? 'shown')));
    await vi.waitFor(() => expect([got[0]!.slice(0, 2), got[1]!.slice(0, 2), got[2]]).toEqual([[1, 2], [1, 3], ['shown', 4, 6]]));
    for (const { port } of posted) port.close();
  });
});

describe('the page', () => {
  it('is watched: each new address and title once, the unread number never told as one; and left as it was', () => {
    vi.useFakeTimers();
    document.title = 'Shop';
    const seen: string[] = [];
    let there = true;
    const gone = vi.fn();
    const watch = watchHost(({ change, title }) => void seen.push(`${change} ${title}`), () => there, gone);
    expect(seen.splice(0)).toEqual(['url Shop', 'title Shop']);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    watch.news({ unread: 2 });
    vi.advanceTimersByTime(1600);
    expect([document.title, seen]).toEqual(['(2) Shop', []]);
    document.title = 'Cart';
    vi.advanceTimersByTime(800);
    expect([document.title, seen.splice(0)]).toEqual(['(2) Cart', ['title Cart']]);
    history.pushState(null, '', '#paid');
    watch.look();
    vi.advanceTimersByTime(1600);
    expect(seen.splice(0)).toEqual(['url Cart']);
    watch.stop();
    expect(document.title).toBe('Cart');
    vi.advanceTimersByTime(8000);
    expect(seen).toEqual([]);
    there = false;
    watchHost(() => undefined, () => there, gone).stop();
    expect(gone).toHaveBeenCalledOnce();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
});
