// What is worth a sound and a notification.
import type { Push, RoomEvent } from '../lib/frames';
import { gist } from '../lib/gist';
import type { InquiryData, MessageData, RoomData, RoomMessageData } from '@foyer/shared/gen/events';
import type { Inbox, Inquiry, Message, Room } from '../lib/wire';
import type { Scene } from './live';

export interface Alert {
  about: 'chat' | 'message';
  rid: string;
  /** Who: the visitor's name. */
  name: string;
  text: string;
}

/** Whether the sound of a new chat comes back: while somebody waits, for those who chose that and, by a
    setting, for everybody; then also while a chat of one's own has something unread (RQ-MAN-3). */
export function wantsSound({ waiting, mine }: Inbox, { repeat, everybody }: { repeat: boolean; everybody: boolean }): boolean {
  return ((repeat || everybody) && waiting.length > 0) || (everybody && mine.some((room) => room.unread > 0));
}

/** The alert of a push, if any. */
export function alertOfPush({ name, data }: Push, scene: Scene): Alert | undefined {
  if (name === 'inquiry.added') return chatWaiting((data as InquiryData).inquiry);
  if (name === 'room.added') return chatAssigned((data as RoomData).room, scene);
  if (name !== 'message') return undefined;
  const { message, servedBy, visitor } = data as RoomMessageData;
  return servedBy === scene.me ? messageArrived(message, scene, visitor) : undefined;
}

/** The alert of a joined room's event, if any. */
export function alertOfEvent({ name, data }: RoomEvent, scene: Scene): Alert | undefined {
  return name === 'message' ? messageArrived((data as MessageData).message, scene) : undefined;
}

function chatWaiting(inquiry: Inquiry): Alert | undefined {
  if (inquiry.status !== 'queued') return undefined;
  return { about: 'chat', rid: inquiry.rid, name: inquiry.name, text: inquiry.message };
}

function chatAssigned(room: Room, { me }: Scene): Alert | undefined {
  if (room.servedBy?._id !== me) return undefined;
  return { about: 'chat', rid: room._id, name: room.fname, text: room.lastMessage ? gist(room.lastMessage) : '' };
}

/** Nobody is told of his own message, of system lines, or of what he is looking at. */
function messageArrived(message: Message, { me, reading }: Scene, visitor?: string): Alert | undefined {
  if (message.t || message.u._id === me || message.rid === reading) return undefined;
  if (visitor !== undefined && message.u._id !== visitor) return undefined;
  return { about: 'message', rid: message.rid, name: message.alias ?? message.u.name ?? message.u.username, text: gist(message) };
}
