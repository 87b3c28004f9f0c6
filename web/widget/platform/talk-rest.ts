import type { TalkRest } from '../model/ports';
import { type Ask, query } from './rest';

/** What a conversation asks. */
export const openTalkRest = (ask: Ask): TalkRest => ({
  room: async (session, wanted) => (await ask('room', session, wanted)).room,
  message: async (session, message) => (await ask('message', session, message)).message,
  history: (session, page) => ask('history', session, undefined, query(page)),
  department: async (session, to) => void (await ask('department', session, to)),
  close: async (session, rid) => void (await ask('close', session, { rid })),
});
