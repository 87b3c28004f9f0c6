// A list of hosts as the server understands it: what is no host counts for nothing, and that is said.
import { t } from '../../lib/text';
import styles from './settings.module.css';

export const hostsID = 'Livechat_AllowedDomainsList';

const host = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/;

/** The hosts of a list, and what of it is none. */
export function hostsIn(list: string): { hosts: string[]; others: string[] } {
  const all = list.split(',').map((entry) => entry.trim()).filter(Boolean).map((entry) => ({ entry, name: entry.toLowerCase().replace(/^.*?:\/\//, '').replace(/\/.*$/s, '') }));
  return { hosts: all.filter(({ name }) => host.test(name)).map(({ name }) => name), others: all.filter(({ name }) => !host.test(name)).map(({ entry }) => entry) };
}

export function Understood({ id, list }: { id: string; list: string }) {
  const { hosts, others } = hostsIn(list);
  if (hosts.length + others.length === 0) return null;
  return (
    <p id={id} className={styles['help']}>
      {hosts.length > 0 && <>{t('settings.hosts')} <bdi dir="ltr">{hosts.join(', ')}</bdi>. </>}
      {others.length > 0 && <strong>{t('settings.noHosts', { text: others.join(', ') })}</strong>}
    </p>
  );
}
