// The one list of pages: it makes the menu, the routes and the command palette.
import { lazyRouteComponent } from '@tanstack/react-router';
import { Activity, Boxes, ChartColumn, CalendarClock, Building2, ChevronsUp, CircleUserRound, Contact, FormInput, Eye, Footprints, Headset, Inbox, ListOrdered, MessagesSquare, Mail, MailOpen, MessageSquareText, MessageSquareQuote, Palette, SlidersHorizontal, Tag, Timer, Users, Webhook, Globe, Hash, MessageCircle, MessageSquareDot, type LucideIcon } from 'lucide-react';
import type { TextKey } from '../lib/text';

export interface PageEntry {
  path: '/inbox' | '/queue' | '/visitors' | '/chats' | '/offline' | '/people' | '/analytics' | '/now' | '/departments' | '/agents' | '/hours' | '/units' | '/monitors' | '/tags' | '/contacts' | '/canned-responses' | '/custom-fields' | '/priorities' | '/sla' | '/webhooks' | '/triggers' | '/sites' | '/numbers' | '/mail' | '/inboxes' | '/messenger' | '/appearance' | '/settings' | '/account';
  name: TextKey;
  icon: LucideIcon;
  /** Needed to see it; absent: everybody may. */
  permission?: string;
  /** Absent for the inbox, which has routes of its own. */
  component?: ReturnType<typeof lazyRouteComponent>;
  /** Stands in the menu of this group instead of the rail, which has one item for the group. */
  group?: 'manage';
  /** Stands at the end of the menu. */
  last?: boolean;
}

export const pages: readonly PageEntry[] = [
  { path: '/inbox', name: 'inbox.title', icon: Inbox },
  { path: '/queue', name: 'queue.title', icon: ListOrdered, permission: 'view-livechat-queue', component: lazyRouteComponent(() => import('./queue-page'), 'QueuePage') },
  { path: '/visitors', name: 'visitors.title', icon: Footprints, permission: 'view-l-room', component: lazyRouteComponent(() => import('./visitors-page'), 'VisitorsPage') },
  { path: '/chats', name: 'chats.title', icon: MessagesSquare, permission: 'view-livechat-rooms', component: lazyRouteComponent(() => import('../features/rooms/chats'), 'Chats') },
  { path: '/contacts', name: 'contacts.title', icon: Contact, permission: 'view-livechat-contact', component: lazyRouteComponent(() => import('../features/contacts/contacts'), 'Contacts') },
  { path: '/canned-responses', name: 'canned.title', icon: MessageSquareQuote, permission: 'view-canned-responses', component: lazyRouteComponent(() => import('../features/canned/canned'), 'CannedPage') },
  { path: '/offline', name: 'offline.title', icon: MessageSquareText, permission: 'view-l-room', component: lazyRouteComponent(() => import('../features/offline/offline'), 'Offline') },
  { path: '/people', name: 'people.title', icon: Users, permission: 'view-livechat-manager', component: lazyRouteComponent(() => import('../features/accounts/people'), 'People') },
  { path: '/now', name: 'now.title', icon: Activity, permission: 'view-livechat-real-time-monitoring', group: 'manage', component: lazyRouteComponent(() => import('../features/analytics/now'), 'Now') },
  { path: '/analytics', name: 'analytics.title', icon: ChartColumn, permission: 'view-livechat-analytics', group: 'manage', component: lazyRouteComponent(() => import('../features/analytics/analytics'), 'Analytics') },
  { path: '/departments', name: 'departments.title', icon: Building2, permission: 'view-livechat-departments', group: 'manage', component: lazyRouteComponent(() => import('../features/departments/departments'), 'Departments') },
  { path: '/agents', name: 'agents.title', icon: Headset, permission: 'manage-livechat-agents', group: 'manage', component: lazyRouteComponent(() => import('../features/agents/agents'), 'Agents') },
  { path: '/hours', name: 'hours.title', icon: CalendarClock, permission: 'view-livechat-business-hours', group: 'manage', component: lazyRouteComponent(() => import('../features/hours/hours'), 'Hours') },
  { path: '/units', name: 'units.title', icon: Boxes, permission: 'manage-livechat-units', group: 'manage', component: lazyRouteComponent(() => import('../features/units/units'), 'Units') },
  { path: '/monitors', name: 'monitors.title', icon: Eye, permission: 'manage-livechat-monitors', group: 'manage', component: lazyRouteComponent(() => import('../features/units/monitors'), 'Monitors') },
  { path: '/tags', name: 'tags.title', icon: Tag, permission: 'manage-livechat-tags', group: 'manage', component: lazyRouteComponent(() => import('../features/tags/tags'), 'Tags') },
  { path: '/custom-fields', name: 'fields.title', icon: FormInput, permission: 'view-livechat-customfields', group: 'manage', component: lazyRouteComponent(() => import('../features/fields/fields'), 'Fields') },
  { path: '/priorities', name: 'priorities.title', icon: ChevronsUp, permission: 'manage-livechat-priorities', group: 'manage', component: lazyRouteComponent(() => import('../features/sla/priorities'), 'Priorities') },
  { path: '/sla', name: 'sla.title', icon: Timer, permission: 'manage-livechat-sla', group: 'manage', component: lazyRouteComponent(() => import('../features/sla/policies'), 'Policies') },
  { path: '/webhooks', name: 'webhooks.title', icon: Webhook, permission: 'view-livechat-webhooks', group: 'manage', component: lazyRouteComponent(() => import('../features/webhooks/webhooks'), 'Webhooks') },
  { path: '/triggers', name: 'triggers.title', icon: MessageSquareDot, permission: 'view-livechat-manager', group: 'manage', component: lazyRouteComponent(() => import('../features/triggers/triggers'), 'Triggers') },
  { path: '/sites', name: 'sites.title', icon: Globe, permission: 'edit-privileged-setting', group: 'manage', component: lazyRouteComponent(() => import('./sites-page'), 'SitesPage') },
  { path: '/numbers', name: 'numbers.title', icon: Hash, permission: 'view-livechat-manager', group: 'manage', component: lazyRouteComponent(() => import('../features/livechatoo/numbers'), 'Numbers') },
  { path: '/mail', name: 'mail.title', icon: Mail, permission: 'view-privileged-setting', group: 'manage', component: lazyRouteComponent(() => import('../features/mailer/mail'), 'Mail') },
  { path: '/inboxes', name: 'inboxes.title', icon: MailOpen, permission: 'manage-email-inbox', group: 'manage', component: lazyRouteComponent(() => import('../features/inboxes/inboxes'), 'Inboxes') },
  { path: '/messenger', name: 'messenger.title', icon: MessageCircle, permission: 'view-livechat-facebook', group: 'manage', component: lazyRouteComponent(() => import('../features/messenger/messenger'), 'Messenger') },
  { path: '/appearance', name: 'appearance.title', icon: Palette, permission: 'view-livechat-appearance', group: 'manage', component: lazyRouteComponent(() => import('../features/settings/appearance'), 'Appearance') },
  { path: '/settings', name: 'settings.title', icon: SlidersHorizontal, permission: 'view-privileged-setting', component: lazyRouteComponent(() => import('../features/settings/settings'), 'Settings') },
  { path: '/account', name: 'account.title', icon: CircleUserRound, component: lazyRouteComponent(() => import('./account-page'), 'AccountPage'), last: true },
];

/** The pages somebody may see. */
export function pagesFor(may: (permission: string) => boolean): PageEntry[] {
  return pages.filter(({ permission }) => permission === undefined || may(permission));
}
