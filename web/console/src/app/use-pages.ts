// The pages for who is signed in, under the routing method in use.
import { useQueueLink } from '../features/routing/queries';
import { useMay } from '../lib/session';
import { pagesFor, type PageEntry } from './pages';

/** The pages he may see; the queue overview only where the routing method has one. */
export function usePages(): PageEntry[] {
  const queue = useQueueLink();
  return pagesFor(useMay()).filter(({ path }) => path !== '/queue' || queue);
}
