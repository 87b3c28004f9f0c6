// The two ways to a server: a WebSocket, or an event stream read with fetch plus
// posts for where WebSockets are cut off.
import type { ClientFrame, ServerFrame } from './frames';

export interface LinkEvents {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** The link is gone; called once. */
  closed(): void;
}

export interface Link {
  send(frame: ClientFrame): void;
  close(): void;
}

/** Opens a link; the first frame sent through it must be the hello. */
export type Dial = (events: LinkEvents) => Link;

/** A link over a WebSocket. */
export const dialSocket: Dial = (events) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/realtime`);
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    events.closed();
  };
  socket.onopen = () => events.opened();
  socket.onmessage = (message: MessageEvent<string>) => events.frame(JSON.parse(message.data) as ServerFrame);
  socket.onclose = end;
  socket.onerror = end;
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    close() {
      socket.close();
      end();
    },
  };
};

const connectionHeader = 'X-Foyer-Connection';

/** A link over a streamed answer and posts. Posts go one after the other. */
export const dialStream: Dial = (events) => {
  const gone = new AbortController();
  let connection = '';
  let posts: Promise<void> = Promise.resolve();
  const end = () => {
    if (gone.signal.aborted) return;
    gone.abort();
    events.closed();
  };
  const open = async (hello: ClientFrame) => {
    const answer = await post('/realtime/open', hello, {}, gone.signal);
    connection = ((await answer.json()) as { connection: string }).connection;
    void listen(connection, events, gone.signal).then(end, end);
  };
  const send = async (frame: ClientFrame) => {
    if (frame.t === 'hello') return open(frame);
    await post('/realtime/send', frame, { [connectionHeader]: connection }, gone.signal);
  };
  queueMicrotask(events.opened);
  return {
    send(frame) {
      posts = posts.then(() => (gone.signal.aborted ? undefined : send(frame))).catch(end);
    },
    close: end,
  };
};

async function post(path: string, body: object, headers: Record<string, string>, signal: AbortSignal) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer;
}

async function listen(connection: string, events: LinkEvents, signal: AbortSignal): Promise<void> {
  const answer = await fetch('/realtime/events', { headers: { [connectionHeader]: connection }, signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!answer.ok || !reader) return;
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parsed = parseStream(rest + value);
    rest = parsed.rest;
    parsed.frames.forEach((frame) => events.frame(frame));
  }
}

/** Cuts the complete events off the front of an event stream's text. */
export function parseStream(text: string): { frames: ServerFrame[]; rest: string } {
  const parts = text.replace(/\r\n/g, '\n').split('\n\n');
  const rest = parts.pop() ?? '';
  const frames = parts.map(dataOf).filter((data) => data !== '').map((data) => JSON.parse(data) as ServerFrame);
  return { frames, rest };
}

function dataOf(event: string): string {
  const lines = event.split('\n').filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n');
}
