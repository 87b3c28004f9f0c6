import type { News, Visit } from '../bridge/protocol';

const LOOK = 800;

/**
 * Watches the host page: its address and title, which single-page sites change as
 * they like, and whether the container is still there. While the visitor looks
 * elsewhere the page's title tells of unread messages.
 */
export function watchHost(visited: (visit: Visit) => void, present: () => boolean, gone: () => void) {
  let href = '';
  let title: string | null = null;
  /** The title with the number before it, while it stands there. */
  let marked = '';
  let unread = 0;

  /** The page's own title. */
  const own = () => (marked && document.title === marked ? title! : document.title);
  const mark = () => {
    const bare = own();
    const wanted = unread && document.hidden ? `(${unread}) ${bare}` : bare;
    marked = wanted === bare ? '' : wanted;
    if (document.title !== wanted) document.title = wanted;
  };
  const tell = (change: string) => visited({ change, title: title!, location: { href }, referrer: document.referrer });
  const look = () => {
    if (!present()) return gone();
    const now = own();
    const [moved, renamed] = [href !== location.href, title !== now];
    href = location.href;
    title = now;
    if (moved) tell('url');
    if (renamed) tell('title');
    if (renamed) mark();
  };
  const timer = setInterval(look, LOOK);
  document.addEventListener('visibilitychange', mark);
  look();
  return {
    /** Looks at once. */
    look,
    news(now: News): void {
      unread = now.unread;
      mark();
      if (now.notice && document.hidden) notify(now.notice.title, now.notice.body);
    },
    stop(): void {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', mark);
      unread = 0;
      mark();
    },
  };
}

/** Shows a desktop notification where the visitor has allowed it to this site; nobody is asked. */
function notify(title: string, body: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notice = new Notification(title, { body, tag: 'livechat' });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // Phones know notifications only from a service worker.
  }
}
