import type { TalkRest } from '../model/ports';
import type { Ask } from './rest';

/** What a conversation asks. */
export const openTalkRest = (ask: Ask): TalkRest => ({
  room: async (session) => (await ask('room', session, {} as never)).room,
  message: async (session, message) => (await ask('message', session, message)).message,
  history: (session, page) => ask('history', session, undefined, `?${new URLSearchParams(Object.entries(page).map(([key, value]) => [key, String(value)]))}`),
  department: async (session, to) => void (await ask('department', session, to)),
  close: async (session, rid) => void (await ask('close', session, { rid })),
});
