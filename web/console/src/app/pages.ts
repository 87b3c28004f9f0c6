// The one list of pages: it makes the menu, the routes and the command palette.
import { lazyRouteComponent } from '@tanstack/react-router';
import { CircleUserRound, Inbox, ListOrdered, SlidersHorizontal, Users, type LucideIcon } from 'lucide-react';
import type { TextKey } from '../lib/text';

export interface PageEntry {
  path: '/inbox' | '/queue' | '/people' | '/settings' | '/account';
  name: TextKey;
  icon: LucideIcon;
  /** Needed to see it; absent: everybody may. */
  permission?: string;
  /** Absent for the inbox, which has routes of its own. */
  component?: ReturnType<typeof lazyRouteComponent>;
  /** Stands at the end of the menu. */
  last?: boolean;
}

export const pages: readonly PageEntry[] = [
  { path: '/inbox', name: 'inbox.title', icon: Inbox },
  { path: '/queue', name: 'queue.title', icon: ListOrdered, permission: 'view-livechat-queue', component: lazyRouteComponent(() => import('./queue-page'), 'QueuePage') },
  { path: '/people', name: 'people.title', icon: Users, permission: 'view-livechat-manager', component: lazyRouteComponent(() => import('../features/accounts/people'), 'People') },
  { path: '/settings', name: 'settings.title', icon: SlidersHorizontal, permission: 'view-privileged-setting', component: lazyRouteComponent(() => import('../features/settings/settings'), 'Settings') },
  { path: '/account', name: 'account.title', icon: CircleUserRound, component: lazyRouteComponent(() => import('./account-page'), 'AccountPage'), last: true },
];

/** The pages somebody may see. */
export function pagesFor(may: (permission: string) => boolean): PageEntry[] {
  return pages.filter(({ permission }) => permission === undefined || may(permission));
}
