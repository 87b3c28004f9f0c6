import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventStream } from '../platform/lines';

afterEach(() => vi.unstubAllGlobals());

/** A server behind fetch: notes the requests and streams what is pushed. */
function stub() {
  const requests: [string, unknown, unknown][] = [];
  let push: ReadableStreamDefaultController<Uint8Array> | undefined;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    requests.push([url, init.body, (init.headers as Record<string, string>)['X-Foyer-Connection']]);
    if (url.endsWith('open')) return new Response('{"connection":"c1"}');
    if (url.endsWith('send')) return new Response(null, { status: 204 });
    return new Response(new ReadableStream({ start: (controller) => void (push = controller) }));
  });
  return { requests, stream: (text: string) => push!.enqueue(new TextEncoder().encode(text)), end: () => push!.close() };
}

describe('the event stream', () => {
  it('opens, receives whole events however they are cut, and sends in order', async () => {
    const { requests, stream } = stub();
    const got: string[] = [];
    const line = eventStream('http://x/', '{"t":"hello"}', { receive: (text) => void got.push(text), lost: () => void got.push('lost') });
    line.send('{"n":1}');
    line.send('{"n":2}');
    await vi.waitFor(() => expect(requests.map(([url]) => url)).toContain('http://x/realtime/events'));
    stream('data: {"t":"wel');
    stream('come"}\n\n: comment\n\ndata: {"t":"ü');
    stream('"}\n\n');
    await vi.waitFor(() => expect(got.map((text) => text.trim())).toEqual(['{"t":"welcome"}', '{"t":"ü"}']));
    await vi.waitFor(() => expect(requests.filter(([url]) => url.endsWith('send'))).toEqual([
      ['http://x/realtime/send', '{"n":1}', 'c1'],
      ['http://x/realtime/send', '{"n":2}', 'c1'],
    ]));
  });

  it('is lost once when the stream ends', async () => {
    const { requests, end } = stub();
    const lost = vi.fn();
    eventStream('http://x/', '{}', { receive: () => undefined, lost });
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    end();
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
  });

  it('is lost when the server refuses it', async () => {
    vi.stubGlobal('fetch', async () => new Response('{}', { status: 503 }));
    const lost = vi.fn();
    eventStream('http://x/', '{}', { receive: () => undefined, lost });
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
  });
});
