// Files on their way into chats: one request each, with how much of it has gone.
// They are not kept over a reload, a page may not open them again.
import type { Endpoints } from '@foyer/shared/gen/api';
import { codeOf, sessionLost } from '../../lib/api';
import { newId } from '../../lib/id';
import { store, useStore } from '../../lib/store';

export interface Upload {
  id: string;
  rid: string;
  file: File;
  /** From 0 to 1. */
  done: number;
  /** Why it is not there: the server's code, or `unreachable`. */
  failed?: string;
}

const uploads = store<readonly Upload[]>([]);
const requests = new Map<string, XMLHttpRequest>();

type Message = Endpoints['POST /api/v1/rooms.upload/{rid}']['response']['message'];

/** A room's files on their way. */
export function useUploads(rid: string): readonly Upload[] {
  return useStore(uploads).filter((upload) => upload.rid === rid);
}

/** Sends files into a room; `stored` gets each message. */
export function sendFiles(rid: string, files: Iterable<File>, stored: (message: Message) => void): void {
  for (const file of files) {
    const upload = { id: newId(), rid, file, done: 0 };
    uploads.set([...uploads.get(), upload]);
    start(upload, stored);
  }
}

/** Tries a failed file again; what was stored already is not stored twice. */
export function retryUpload(id: string, stored: (message: Message) => void): void {
  const upload = uploads.get().find((one) => one.id === id);
  if (!upload) return;
  change(id, { failed: undefined, done: 0 });
  start(upload, stored);
}

/** Gives a file up. */
export function dropUpload(id: string): void {
  requests.get(id)?.abort();
  uploads.set(uploads.get().filter((one) => one.id !== id));
}

function change(id: string, to: Partial<Upload>): void {
  uploads.set(uploads.get().map((one) => (one.id === id ? { ...one, ...to } : one)));
}

function start({ id, rid, file }: Upload, stored: (message: Message) => void): void {
  const form = new FormData();
  form.append('_id', id);
  form.append('file', file);
  const request = new XMLHttpRequest(); // fetch does not tell how much has gone
  requests.set(id, request);
  request.open('POST', `/api/v1/rooms.upload/${encodeURIComponent(rid)}`);
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => change(id, { done: loaded / total });
  request.onloadend = () => {
    requests.delete(id);
    const { status, response } = request;
    if (status === 200) {
      stored((response as { message: Message }).message);
      dropUpload(id);
      return;
    }
    if (status === 401) sessionLost();
    change(id, { failed: status === 0 || status >= 500 ? 'unreachable' : codeOf((response ?? {}) as object) });
  };
  request.send(form);
}
