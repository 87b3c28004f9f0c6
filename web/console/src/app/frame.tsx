// The frame around every page inside: the rail, the banner when the connection is lost.
import { Tooltip, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Network, Search } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useNotices } from '../features/rooms/notices';
import { inboxQuery } from '../features/rooms/queries';
import { later } from '../lib/later';
import { useMe } from '../lib/session';
import { t } from '../lib/text';
import { Avatar } from '../ui/avatar';
import { Mark } from '../ui/mark';
import { commandKey } from '../ui/hint';
import { Banner } from './banner';
import styles from './frame.module.css';
import { useHotkeys } from './hotkeys';
import type { PageEntry } from './pages';
import { usePresence } from './presence';
import { usePages } from './use-pages';

const Palette = later(async () => (await import('./palette')).Palette);
const KeysHelp = later(async () => (await import('./keys-help')).KeysHelp);

type Over = 'palette' | 'keys' | undefined;

export function Frame() {
  const [over, setOver] = useState<Over>();
  usePresence();
  useNotices();
  useHotkeys({ palette: () => setOver('palette'), help: () => setOver('keys') });
  return (
    <div className={styles['frame']}>
      <Rail onSearch={() => setOver('palette')} />
      <div className={styles['page']}>
        <Banner />
        <div className={styles['content']}>
          <Suspense>
            <Outlet />
          </Suspense>
        </div>
      </div>
      <Suspense>
        {over === 'palette' && <Palette onDone={() => setOver(undefined)} onHelp={() => setOver('keys')} />}
        {over === 'keys' && <KeysHelp onDone={() => setOver(undefined)} />}
      </Suspense>
    </div>
  );
}

function Rail({ onSearch }: { onSearch(): void }) {
  const me = useMe();
  const pages = usePages();
  const managed = pages.filter(({ group }) => group === 'manage');
  const { pathname } = useLocation();
  const rail = useRef<HTMLElement>(null);
  useEffect(() => {
    rail.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav ref={rail} className={styles['rail']} aria-label={t('frame.menu')}>
      <span className={styles['mark']}><Mark /></span>
      {pages.map((page) => {
        if (page.last) return null;
        if (!page.group) return <Item key={page.path} page={page} />;
        return page === managed[0] && <Group key="manage" pages={managed} />;
      })}
      <Tooltip label={`${t('palette.title')}  ${commandKey} K`} position="right">
        <UnstyledButton className={styles['item']} aria-label={t('palette.title')} aria-keyshortcuts="Control+K Meta+K" onClick={onSearch}>
          <Search aria-hidden size={20} strokeWidth={1.75} />
        </UnstyledButton>
      </Tooltip>
      <span className={styles['space']} />
      <Tooltip label={t('account.title')} position="right">
        <Link to="/account" className={styles['item']} activeProps={{ 'data-active': true }}>
          <Avatar name={me.name || me.username} id={me._id} size={32} />
          <span className="unseen">{t('account.title')}</span>
        </Link>
      </Tooltip>
    </nav>
  );
}

function Item({ page: { path, name, icon: Icon } }: { page: PageEntry }) {
  const waiting = useQuery({ ...inboxQuery, enabled: path === '/inbox' }).data?.waiting.length ?? 0;
  const count = path === '/inbox' ? waiting : 0;
  return (
    <Tooltip label={t(name)} position="right">
      <Link to={path} className={styles['item']} activeProps={{ 'data-active': true }}>
        <Icon aria-hidden size={20} strokeWidth={1.75} />
        <span className="unseen">{t(name)} </span>
        {count > 0 && <span className={styles['count']}>{count > 99 ? '99+' : count}<span className="unseen"> {t('frame.waiting')}</span></span>}
      </Link>
    </Tooltip>
  );
}

/** The pages of the administration together: the first one, and the way to all. */
function Group({ pages: [first, ...more] }: { pages: readonly PageEntry[] }) {
  const { pathname } = useLocation();
  if (!first) return null;
  const inside = [first, ...more].some(({ path }) => pathname.endsWith(path) || pathname.includes(`${path}/`));
  return (
    <Tooltip label={t('manage.title')} position="right">
      <Link to={first.path} className={styles['item']} data-active={inside || undefined}>
        <Network aria-hidden size={20} strokeWidth={1.75} />
        <span className="unseen">{t('manage.title')}</span>
      </Link>
    </Tooltip>
  );
}
