// The waiting list as the console holds it.
import type { Inquiry } from '../../lib/wire';

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
