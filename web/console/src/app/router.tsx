// The routes, made from the list of pages.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { inboxQuery } from '../features/rooms/queries';
import { sessionQuery } from '../lib/session';
import { t } from '../lib/text';
import { Trouble } from '../ui/state';
import { Frame } from './frame';
import { Inbox, NoRoom } from './inbox';
import { Missing } from './missing';
import { Manage } from './manage';
import { pages, type PageEntry } from './pages';
import { Guard } from './guard';
import { RoomPage } from './room';

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: Missing,
  errorComponent: ({ error, reset }) => <Trouble page error={error instanceof Error ? error : new Error(String(error))} retry={reset} />,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => { throw redirect({ to: '/inbox' }); },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => (typeof search['to'] === 'string' ? { to: search['to'] } : {}),
  component: lazyRouteComponent(() => import('./entry-pages'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./entry-pages'), 'SetupPage'),
});

/** Everything inside: only for who is signed in. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
});

const inbox = createRoute({
  getParentRoute: () => frame,
  path: '/inbox',
  component: Inbox,
  loader: ({ context }) => void context.client.prefetchQuery(inboxQuery),
});

const noRoom = createRoute({ getParentRoute: () => inbox, path: '/', component: NoRoom });
const room = createRoute({ getParentRoute: () => inbox, path: '$rid', component: RoomPage });

const manage = createRoute({ getParentRoute: () => frame, id: 'manage', component: Manage });

const department = createRoute({
  getParentRoute: () => manage,
  path: '/departments/$id',
  component: lazyRouteComponent(() => import('./department-page'), 'DepartmentRoute'),
});

const contact = createRoute({
  getParentRoute: () => frame,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('./contact-page'), 'ContactRoute'),
});

const others = routesOf(frame, ({ group }) => !group);
const managed = routesOf(manage, ({ group }) => group === 'manage');

function routesOf<P extends typeof frame | typeof manage>(parent: P, wanted: (page: PageEntry) => boolean) {
  return pages.filter(wanted).flatMap(({ path, permission, name, component: Component }) =>
    Component
      ? [createRoute({ getParentRoute: () => parent, path, component: () => <Guard permission={permission} name={t(name)}><Component /></Guard> })]
      : [],
  );
}

/** Makes the router over a cache. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home, signIn, setup, frame.addChildren([inbox.addChildren([noRoom, room]), manage.addChildren([department, ...managed]), contact, ...others])]),
    basepath: '/console',
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
