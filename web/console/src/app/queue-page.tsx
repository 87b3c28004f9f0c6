// The queue overview, with the waiting chats of the inbox.
import { useQuery } from '@tanstack/react-query';
import { inboxQuery } from '../features/rooms/queries';
import { Queue } from '../features/routing/queue';
import '../lib/page-texts';

export function QueuePage() {
  const { data } = useQuery(inboxQuery);
  return <Queue waiting={data?.waiting} />;
}
