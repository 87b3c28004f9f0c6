// The rooms the signed-in agent serves, as a list.
import type { Message, OwnRoom, Room } from '../../lib/wire';

/** Most in need first: who waits for an answer before who does not, then the latest; what is on hold last. */
export function byNeed(a: OwnRoom, b: OwnRoom): number {
  const rest = Number(a.onHold ?? false) - Number(b.onHold ?? false);
  if (rest !== 0) return rest;
  const need = Number(b.waitingResponse ?? false) - Number(a.waitingResponse ?? false);
  return need !== 0 ? need : b.lm.localeCompare(a.lm);
}

/** The list with the room in it, if it is open and served by me; without it otherwise. */
export function withRoom(mine: OwnRoom[], room: Room, me: string): OwnRoom[] {
  const others = mine.filter((other) => other._id !== room._id);
  if (!room.open || room.servedBy?._id !== me) return others;
  const known = mine.find((other) => other._id === room._id);
  if (known && known.seq > room.seq) return mine;
  return [...others, { ...room, unread: known?.unread ?? 0, lastMessage: room.lastMessage ?? known?.lastMessage }];
}

/** The list after a message in one of its rooms. `reading`: the agent is looking at it. */
export function withLastMessage(mine: OwnRoom[], message: Message, reading: boolean): OwnRoom[] {
  return mine.map((room) => {
    if (room._id !== message.rid || message.seq <= (room.lastMessage?.seq ?? 0) || message.t === 'command') return room;
    const byVisitor = message.u._id === room.v._id;
    return {
      ...room,
      lm: message.ts,
      lastMessage: message,
      seq: Math.max(room.seq, message.seq),
      ...asked(room, message, byVisitor),
      unread: reading || message.t || !byVisitor ? (reading ? 0 : room.unread) : room.unread + 1,
    };
  });
}

/** Whether an answer is owed, and since when. */
function asked(room: OwnRoom, message: Message, byVisitor: boolean): Pick<Room, 'waitingResponse' | 'metrics'> {
  if (message.t) return { waitingResponse: room.waitingResponse, metrics: room.metrics };
  if (!byVisitor || room.waitingResponse) return { waitingResponse: byVisitor, metrics: room.metrics };
  return { waitingResponse: true, metrics: { ...room.metrics, v: { lq: message.ts } } };
}

/** The list with nothing unread in the room. */
export function withSeen(mine: OwnRoom[], rid: string): OwnRoom[] {
  return mine.map((room) => (room._id === rid && room.unread ? { ...room, unread: 0 } : room));
}
