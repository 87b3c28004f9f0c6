import type { ChatRest } from './ports';
import type { Session } from './session';
import type { Told } from './told';

/** Tells the server what the page tells about its visitor, as soon as the server knows the visitor. */
export function openReports(rest: ChatRest, session: Session, told: Told) {
  let sending = false;

  /** One after the other, in order; what cannot be sent now waits for the next occasion. */
  const send = async (): Promise<void> => {
    if (sending || !session.secret) return;
    sending = true;
    try {
      while (told.fields.size) await session.register(told); // more may come meanwhile
      for (let [visit] = told.visits; visit; [visit] = told.visits) {
        told.visits = told.visits.slice(1);
        const { change, title, location } = visit;
        await rest.page(session.secret, { change, title, location, ...(session.rid && { rid: session.rid }) });
      }
    } catch {
      // The chat matters more.
    }
    sending = false;
  };
  return { send: () => void send() };
}
