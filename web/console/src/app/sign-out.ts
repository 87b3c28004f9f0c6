// Leaving: what was kept in this browser goes too.
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { signOut } from '../features/accounts/queries';
import { forgetDrafts } from '../lib/drafts';
import { explain } from '../lib/explain';
import { keys } from '../lib/keys';
import { toast } from '../ui/toast';
import { useServices } from './context';

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
        client.clear();
        client.setQueryData(keys.session, null);
        await router.navigate({ to: '/sign-in' });
      },
      (cause: unknown) => toast({ tone: 'refused', text: explain(cause) }),
    );
  };
}
