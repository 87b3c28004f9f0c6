/** One connection to the server, by either way. */
export interface Line {
  send(text: string): void;
  close(): void;
}

export interface LineHandlers {
  receive(text: string): void;
  /** The line is gone; called at most once, never after close. */
  lost(): void;
}

/** Connects to the server at base and says hello. */
export type Dial = (base: string, hello: string, on: LineHandlers) => Line;

/** A WebSocket. */
export const webSocket: Dial = (base, hello, on) => {
  const socket = new WebSocket(base.replace(/^http/, 'ws') + 'realtime');
  socket.onopen = () => socket.send(hello);
  socket.onmessage = (event) => on.receive(String(event.data));
  socket.onclose = () => on.lost();
  return {
    send: (text) => void (socket.readyState === WebSocket.OPEN && socket.send(text)),
    close() {
      socket.onclose = socket.onmessage = null;
      socket.close();
    },
  };
};

/** An event stream to receive and posted frames to send, for where a WebSocket cannot be had. */
export const eventStream: Dial = (base, hello, on) => {
  const stop = new AbortController();
  const post = (path: string, body: string, headers?: Record<string, string>) =>
    request(`${base}realtime/${path}`, stop.signal, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  const lost = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    on.lost();
  };
  const opened = post('open', hello).then(async (response) => {
    const headers = { 'X-Foyer-Connection': ((await response.json()) as { connection: string }).connection };
    void request(`${base}realtime/events`, stop.signal, { headers }).then((events) => read(events, on.receive)).then(lost, lost);
    return headers;
  });
  let last: Promise<unknown> = opened.catch(lost);
  return {
    send: (text) => void (last = last.then(async () => post('send', text, await opened)).catch(lost)),
    close: () => stop.abort(),
  };
};

async function request(url: string, signal: AbortSignal, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, signal, credentials: 'omit', cache: 'no-store' });
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

/** Hands over the data of each event until the stream ends. */
async function read(response: Response, receive: (text: string) => void): Promise<void> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  for (let rest = ''; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
      if (data) receive(data);
    }
  }
}
