import type { Picked, TalkRest } from '../model/ports';
import { type Ask, query } from './rest';

/** What a conversation asks. */
export const openTalkRest = (ask: Ask): TalkRest => ({
  upload: async (session, to, file) => (await ask(`upload?${new URLSearchParams({ rid: to.rid })}`, session, form(file as Blob & Picked, to._id))).message,
  file: async (session, id) => (await ask(`files/${id}`, session)).url,
  async room(session, wanted) {
    const { room, newRoom } = await ask('room', session, wanted);
    return { ...room, fresh: newRoom };
  },
  resume: async (session, left) => void (await ask('offline.resume', session, left)),
  message: async (session, message) => (await ask('message', session, message)).message,
  history: (session, page) => ask('history', session, undefined, query(page)),
  department: async (session, to) => void (await ask('department', session, to)),
  close: async (session, rid) => void (await ask('close', session, { rid })),
});

/** A file as the server takes it. */
function form(file: Blob & Picked, id: string): FormData {
  const form = new FormData();
  form.append('_id', id);
  form.append('file', file, file.name);
  return form;
}
