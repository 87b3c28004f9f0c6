import { describe, expect, it } from 'vitest';
import { parseStream } from './links';

describe('parseStream', () => {
  it('cuts complete events off and keeps the rest', () => {
    const first = parseStream('data: {"t":"pong"}\n\n: comment\n\ndata: {"t":"we');
    expect(first).toEqual({ frames: [{ t: 'pong' }], rest: 'data: {"t":"we' });
    expect(parseStream(`${first.rest}lcome","heartbeat":5}\r\n\r\n`).frames).toEqual([{ t: 'welcome', heartbeat: 5 }]);
  });
});
