import type { ChatRest, Store } from './ports';
import type { Told } from './told';
import type { Visitor } from './wire';

/**
 * Who the visitor is for the server: the session's secret and what goes with it.
 * There is none, and nothing is stored, until the visitor has done something.
 */
export type Session = ReturnType<typeof openSession>;

export function openSession(store: Store, rest: ChatRest) {
  let making: Promise<void> | null = null;
  /** What is to be stored as soon as there is a session. */
  let notes: Record<string, string> = {};
  const post = async ({ person, fields }: Told) => {
    const sent = [...fields.values()];
    const consent = store.get('consent');
    const answer = await rest.visitor(session.secret, { ...person, ...(sent.length && { customFields: sent }), ...(consent && { consent }) });
    for (const one of sent) if (fields.get(one.key) === one) fields.delete(one.key);
    session.secret = answer.session || session.secret;
    session.visitor = answer.visitor;
    store.set('session', session.secret);
    for (const key in notes) session.keep(key, notes[key]!);
    notes = {};
  };
  const session = {
    secret: store.get('session') ?? '',
    visitor: null as Visitor | null,
    /** The room of the running chat, or of the one that just ended; '' without. */
    rid: store.get('rid') ?? '',
    /** The chat that just ended: what is said of it afterwards is said with this, though the visitor may be forgotten. */
    ended: null as { readonly secret: string; readonly rid: string } | null,
    /** Takes over the session that another tab of the site made meanwhile; reports whether there was one. */
    adopt(): boolean {
      const found = session.secret ? '' : (store.get('session') ?? '');
      if (found) session.secret = found;
      return Boolean(found);
    },
    /** Registers the visitor, or with a session changes what the server knows of them. */
    register: (told: Told) => (making ??= post(told).finally(() => (making = null))),
    /** Stores something beside the session; without one the visitor has not acted, and it is only noted. */
    keep(key: string, value: string): void {
      if (session.secret) store.set(key, value);
      else notes[key] = value;
    },
    enter(rid: string): void {
      session.ended = null;
      session.rid = rid;
      session.keep('rid', rid);
    },
    /** Forgets everything but unsent messages. */
    forget(): void {
      session.secret = session.rid = '';
      session.visitor = null;
      for (const key of ['session', 'rid', 'seen', 'open', 'draft', 'left', 'privacy', 'targets']) store.remove(key);
    },
  };
  return session;
}
