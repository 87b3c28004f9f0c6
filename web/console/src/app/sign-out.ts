// Leaving: what was kept in this browser goes too.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRouter, type AnyRouter } from '@tanstack/react-router';
import { forgetDrafts } from '../lib/drafts';
import { explain } from '../lib/explain';
import { signOut } from '../lib/session';
import { toast } from '../ui/toast';
import { useServices } from './context';

/** Shows the sign-in page, and only then forgets what was read: nothing inside can be drawn without somebody. */
export async function leave(router: AnyRouter, client: QueryClient, to?: string): Promise<void> {
  await router.navigate({ to: '/sign-in', search: to === undefined ? {} : { to } });
  client.clear();
}

/** Signs out here, then shows the sign-in page. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const router = useRouter();
  const { realtime, outbox } = useServices();
  return () => {
    signOut().then(
      async () => {
        realtime.stop();
        outbox.clear();
        forgetDrafts();
        await leave(router, client);
      },
      (cause: unknown) => toast({ tone: 'refused', text: explain(cause) }),
    );
  };
}
