// One department in the list, and what can be done with it.
import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Check, Ellipsis, Eye, EyeOff, Minus, Pencil, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { explain } from '../../lib/explain';
import { renew } from '../../lib/change';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { settingQuery } from '../../lib/public-settings';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { toast } from '../../ui/toast';
import styles from './departments.module.css';
import { archive, unarchive, type Department } from './queries';

const Removal = later(async () => (await import('./removal')).Removal);

export function Row({ department }: { department: Department }) {
  const { _id, name, description, numAgents, enabled, showOnRegistration, archived } = department;
  const Shown = showOnRegistration ? Eye : EyeOff;
  const On = enabled ? Check : Minus;
  return (
    <div role="row" className={styles['row']} data-off={!enabled || undefined}>
      <span role="cell" className={styles['who']}>
        <Link to="/departments/$id" params={{ id: _id }} className={styles['name']} dir="auto"><bdi>{name}</bdi></Link>
        {description && <span className={styles['text']} dir="auto">{description}</span>}
      </span>
      <span role="cell" className={styles['cell']} data-column="agents"><span className="tabular">{numAgents}</span><span className={styles['unit']}>{t('departments.agents', { count: numAgents })}</span></span>
      <span role="cell" className={styles['cell']} data-column="enabled"><On aria-hidden size={15} />{t(enabled ? 'departments.on' : archived ? 'departments.away' : 'departments.off')}</span>
      <span role="cell" className={styles['cell']} data-column="shown"><Shown aria-hidden size={15} />{t(showOnRegistration ? 'departments.shown' : 'departments.hidden')}</span>
      <span role="cell" className={styles['menu']}><Actions department={department} /></span>
    </div>
  );
}

function Actions({ department }: { department: Department }) {
  const may = useMay();
  const client = useQueryClient();
  const removable = useQuery(settingQuery('Omnichannel_enable_department_removal')).data === true;
  const [going, setGoing] = useState(false);
  const { _id, name, archived = false } = department;
  const shelve = useMutation({
    mutationFn: () => (archived ? unarchive(department) : archive(department)),
    onSuccess: () => toast({ tone: 'done', text: t(archived ? 'departments.unarchived' : 'departments.archived', { name }) }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => renew(client, { queryKey: keys.departments }),
  });
  return (
    <>
      <Menu withinPortal={false} floatingStrategy="fixed" withInitialFocusPlaceholder={false} position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} loading={shelve.isPending} aria-label={t('departments.actionsOf', { name })}>
            <Ellipsis aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item fz="md" renderRoot={(props) => <Link {...props} to="/departments/$id" params={{ id: _id }} />} leftSection={<Pencil aria-hidden size={15} />}>
            {t(archived || !may('manage-livechat-departments') ? 'departments.view' : 'departments.edit')}
          </Menu.Item>
          {may('manage-livechat-departments') && (
            <Menu.Item leftSection={archived ? <ArchiveRestore aria-hidden size={15} /> : <Archive aria-hidden size={15} />} onClick={() => shelve.mutate()}>
              {t(archived ? 'departments.unarchive' : 'departments.archive')}
            </Menu.Item>
          )}
          {may('remove-livechat-department') && (
            <Menu.Item color="red" disabled={!removable} leftSection={<Trash2 aria-hidden size={15} />} onClick={() => setGoing(true)}>
              {t('departments.remove')}
              {!removable && <span className={styles['why']}>{t('departments.removeOff')}</span>}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>{going && <Removal department={department} onDone={() => setGoing(false)} />}</Suspense>
    </>
  );
}
