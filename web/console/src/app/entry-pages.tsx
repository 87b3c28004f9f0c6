// Sign-in and set-up, with where they lead.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { SignIn } from '../features/accounts/sign-in';
import { Setup } from '../features/accounts/setup';
import { sessionQuery } from '../lib/session';
import '../lib/page-texts';

export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  const enter = useEnter();
  return <SignIn onDone={() => void enter(to)} />;
}

export function SetupPage() {
  const enter = useEnter();
  const ticket = new URLSearchParams(window.location.hash.slice(1)).get('ticket') ?? '';
  return <Setup ticket={ticket} onDone={() => void enter(undefined)} />;
}

/** Reads the new session, then goes to where one wanted to go. */
function useEnter(): (to: string | undefined) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  return async (to) => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (to?.startsWith('/') && !to.startsWith('//')) router.history.push(to);
    else await navigate({ to: '/inbox' });
  };
}
