// The waiting list as the console holds it.
import type { Inquiry, Message } from '../../lib/wire';

/** The list with the inquiry in it while it waits, in order of arrival; without it otherwise. */
export function withInquiry(waiting: Inquiry[], inquiry: Inquiry): Inquiry[] {
  const others = withoutRoom(waiting, inquiry.rid);
  if (inquiry.status !== 'queued') return others;
  const place = others.findIndex((other) => other.ts > inquiry.ts);
  return place < 0 ? [...others, inquiry] : others.toSpliced(place, 0, inquiry);
}

/** The list without a room's inquiry. */
export function withoutRoom(waiting: Inquiry[], rid: string): Inquiry[] {
  return waiting.filter((inquiry) => inquiry.rid !== rid);
}

/** The list with a message in the row of its chat: a row shows the first one. */
export function withPreview(waiting: Inquiry[], { rid, msg, t }: Message): Inquiry[] {
  if (t) return waiting;
  return waiting.map((inquiry) => (inquiry.rid === rid && !inquiry.message ? { ...inquiry, message: msg } : inquiry));
}
