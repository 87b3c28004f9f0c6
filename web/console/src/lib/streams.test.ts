import { describe, expect, it, vi } from 'vitest';
import type { ClientFrame, RoomEvent } from './frames';
import { Streams } from './streams';

function bench(reread = async () => 0) {
  const sent: ClientFrame[] = [];
  const seen: number[] = [];
  const streams = new Streams({ send: (frame) => sent.push(frame), deliver: (event) => seen.push(event.seq), reread });
  const event = (seq: number): RoomEvent => ({ t: 'event', room: 'r', seq, name: 'message', data: {} });
  return { streams, sent, seen, take: (...seqs: number[]) => seqs.forEach((seq) => streams.event(event(seq))), asked: () => sent.flatMap((frame) => (frame.t === 'join' ? [frame.after] : [])) };
}

describe('streams', () => {
  it('passes each number on once, in order', async () => {
    const { streams, seen, take } = bench();
    streams.join('r', 3);
    take(4, 5);
    await streams.joined('r', 5, false);
    take(5, 6, 6, 7);
    expect(seen).toEqual([4, 5, 6, 7]);
  });
  it('asks for what is missing before it passes on what came after', async () => {
    const { streams, seen, take, asked } = bench();
    streams.join('r', 3);
    await streams.joined('r', 3, false);
    take(6);
    expect([seen, asked()]).toEqual([[], [3, 3]]);
    take(4, 5, 6);
    await streams.joined('r', 6, false);
    expect(seen).toEqual([4, 5, 6]);
  });
  it('accepts numbers that do not exist for it while catching up', async () => {
    const { streams, seen, take } = bench();
    streams.join('r', 3);
    take(5);
    await streams.joined('r', 7, false);
    take(8);
    expect(seen).toEqual([5, 8]);
  });
  it('asks again after the last number on a new connection', async () => {
    const { streams, take, asked } = bench();
    streams.join('r', 3);
    await streams.joined('r', 3, false);
    take(4);
    streams.resume();
    expect(asked()).toEqual([3, 4]);
  });
  it('reads the history anew when it is too far behind, then goes on from there', async () => {
    const reread = vi.fn(async () => 900);
    const { streams, seen, take, asked } = bench(reread);
    streams.join('r', 3);
    await streams.joined('r', 900, true);
    expect([reread.mock.calls, asked()]).toEqual([[['r']], [3, 900]]);
    take(900, 901);
    expect(seen).toEqual([901]);
  });
  it('is silent about rooms it has left', async () => {
    const { streams, seen, sent, take } = bench();
    streams.join('r', 3);
    streams.leave('r');
    take(4);
    expect([seen, sent.at(-1)]).toEqual([[], { t: 'leave', room: 'r' }]);
  });
});
