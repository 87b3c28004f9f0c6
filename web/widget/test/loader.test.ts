// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeToFrame } from '../bridge/page';
import { rocketChatApi, type RocketChatApi } from '../facades/rocketchat';

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
    expect(document.querySelector('div.rocketchat-widget > div.rocketchat-container > iframe#rocketchat-iframe')?.getAttribute('src')).toBe('https://chat.example.org/livechat');
    expect(containers()[0]?.dataset['state']).toBe('closed');
    snippet();
    const late = vi.fn();
    queue(late);
    await load();
    expect([containers().length, window.RocketChat?.livechat === first]).toEqual([1, true]);
    expect(late).toHaveBeenCalledOnce();
  });

  it('never throws into the page', async () => {
    await expect(load()).resolves.toBeUndefined();
    snippet();
    window.RocketChat!.url = 'http://[';
    await expect(load()).resolves.toBeUndefined();
    expect(containers().length).toBe(0);
  });
});

describe('the API', () => {
  it('passes calls on, and what cannot be passed on never throws', () => {
    const sent: unknown[] = [];
    const { api } = rocketChatApi((message) => {
      structuredClone(message);
      sent.push(message);
    });
    api.setGuestName('Ann');
    api.registerGuest({ name: () => 'no text' } as never);
    expect(sent).toEqual([{ fn: 'setGuestName', args: ['Ann'] }]);
  });

  it('calls every listener of an event, also after a broken one', () => {
    const { api, tell } = rocketChatApi(() => undefined);
    const heard = vi.fn();
    api.onChatStarted(() => { throw new Error('the page is wrong'); });
    api.onChatStarted(heard);
    api.onChatStarted('nonsense' as never);
    tell('chat-started', { a: 1 });
    tell('chat-ended', undefined);
    expect(heard.mock.calls).toEqual([[{ a: 1 }]]);
    api.clearAllCallbacks();
    tell('chat-started', undefined);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('the bridge', () => {
  const origin = 'https://chat.example.org';
  const ready = { src: 'rocketchat', fn: 'ready', args: [] };

  /** A frame whose window notes what is posted to it. */
  function setUp() {
    const posted: { message: unknown; target: unknown; port: MessagePort }[] = [];
    const frameWindow = { postMessage: (message: unknown, target: unknown, ports: MessagePort[]) => void posted.push({ message, target, port: ports[0]! }) };
    const send = bridgeToFrame({ contentWindow: frameWindow } as unknown as HTMLIFrameElement, origin, () => undefined);
    const greet = (change: object = {}) => window.dispatchEvent(Object.assign(new Event('message'), { data: ready, origin, source: frameWindow, ...change }));
    return { posted, send, greet };
  }

  it('answers only the frame, only from its origin', () => {
    const { posted, greet } = setUp();
    greet({ origin: 'https://evil.example' });
    greet({ source: window });
    greet({ data: { ...ready, src: 'other' } });
    greet({ data: null });
    expect(posted).toEqual([]);
    greet();
    expect(posted.map(({ message, target }) => [message, target])).toEqual([[{ src: 'rocketchat', fn: 'connect' }, origin]]);
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
});
