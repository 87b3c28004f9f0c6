// My account, with what the app does at sign-out.
import { useSignOut } from './sign-out';
import { Account } from '../features/accounts/account';
import '../lib/page-texts';

export function AccountPage() {
  return <Account onSignOut={useSignOut()} />;
}
