// What the agent has seen: told to the server, and remembered for the "new" line.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLive, useStanding } from '../../lib/live';
import { keys } from '../../lib/keys';
import type { History, Inbox, Room } from '../../lib/wire';
import { markSeen } from './queries';

/** Reports the room as read while it is looked at. Answers the number after which messages are new. */
export function useReading(room: Room, history: History): number | undefined {
  const client = useQueryClient();
  const live = useLive();
  const standing = useStanding().is;
  const looking = useLooking();
  const [seen, setSeen] = useState(() => seenBefore(room, history, client.getQueryData<Inbox>(keys.inbox)));
  const latest = useRef(history.seq);
  latest.current = history.seq;

  useEffect(() => {
    if (!looking) setSeen(latest.current); // what comes while nobody looks is new
  }, [looking]);

  useEffect(() => {
    if (!looking || standing !== 'live') return;
    live.seen(room._id, history.seq);
    markSeen(client, room._id);
  }, [looking, standing, room._id, history.seq]);

  return seen;
}

/** The number before the first unread message, by the list's count; undefined when nothing is unread. */
function seenBefore(room: Room, history: History, inbox: Inbox | undefined): number | undefined {
  const unread = inbox?.mine.find(({ _id }) => _id === room._id)?.unread ?? 0;
  if (unread === 0) return undefined;
  const theirs = history.messages.filter((message) => message.u._id === room.v._id && !message.t);
  const first = theirs.at(-unread) ?? theirs[0];
  return first && first.seq > (history.messages[0]?.seq ?? 0) + 1 ? first.seq - 1 : undefined;
}

/** Whether this page is in front of somebody. */
function useLooking(): boolean {
  const [looking, setLooking] = useState(isLooking);
  useEffect(() => {
    const update = () => setLooking(isLooking());
    const names = ['focus', 'blur'];
    names.forEach((name) => window.addEventListener(name, update));
    document.addEventListener('visibilitychange', update);
    return () => {
      names.forEach((name) => window.removeEventListener(name, update));
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return looking;
}

/** Whether this page is visible and has the focus. */
export function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
