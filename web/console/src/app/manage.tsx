// The pages of the administration with a menu of their own: at the side, on a phone a row.
import { Link, Outlet } from '@tanstack/react-router';
import { t } from '../lib/text';
import styles from './manage.module.css';
import { usePages } from './use-pages';

export function Manage() {
  const pages = usePages().filter(({ group }) => group === 'manage');
  return (
    <div className={styles['manage']}>
      <nav className={styles['menu']} aria-label={t('manage.title')}>
        {pages.map(({ path, name, icon: Icon }) => (
          <Link key={path} to={path} className={styles['item']} activeProps={{ 'data-active': true }} ref={reveal}>
            <Icon aria-hidden size={17} strokeWidth={1.75} />
            {t(name)}
          </Link>
        ))}
      </nav>
      <div className={styles['page']}><Outlet /></div>
    </div>
  );
}

/** On a phone the page in use may stand beyond the edge of the row. */
function reveal(link: HTMLAnchorElement | null): void {
  if (link?.dataset['active']) link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
