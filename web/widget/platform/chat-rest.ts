import type { ChatRest } from '../model/ports';
import type { Ask } from './rest';

/** What the opened chat asks before there is a conversation. */
export const openRest = (ask: Ask, site: () => string | undefined): ChatRest => ({
  visitor: (session, person) => ask('visitor', session, { ...person, ...(site() && { site: site() }) }),
  leave: (session, message) => ask('offline', session, message),
  survey: async (session, rating) => void (await ask('survey', session, rating, '', true)),
  transcript: async (session, wanted) => void (await ask('transcript', session, wanted)),
  forget: async (session) => void (await ask('forget', session, {} as never)),
  page: async (session, visit) => void (await ask('page', session, visit)),
});
