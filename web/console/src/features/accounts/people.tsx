// Users and agents: who may sign in, who takes chats.
import { Button, Menu, TextInput, ActionIcon } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Search, UserPlus, Users } from 'lucide-react';
import { Suspense, useState } from 'react';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { useMay, useMe } from '../../lib/session';
import { maybe, t } from '../../lib/text';
import type { User } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import '../../ui/inputs';
import { Page } from '../../ui/page';
import { Bones, Empty, Trouble } from '../../ui/state';
import { toast } from '../../ui/toast';
import styles from './people.module.css';
import { peopleQuery, setActive, setRole } from './queries';
import '../../lib/page-texts';

const AgentTerms = later(async () => (await import('./agent-terms')).AgentTerms);
const EditPerson = later(async () => (await import('./edit-person')).EditPerson);
const NewPerson = later(async () => (await import('./new-person')).NewPerson);

export function People() {
  const may = useMay();
  const { data, error, refetch } = useQuery(peopleQuery(may('view-full-other-user-info')));
  const [search, setSearch] = useState('');
  const [adding, setAdding] = useState(false);
  const found = data?.filter((person) => matches(person, search));
  const add = may('create-user') && (
    <Button leftSection={<UserPlus aria-hidden size={16} />} onClick={() => setAdding(true)}>
      {t('people.add')}
    </Button>
  );
  return (
    <Page title={t('people.title')} text={t('people.text')} actions={add}>
      <TextInput mt="lg" type="search" aria-label={t('people.search')} placeholder={t('people.search')} leftSection={<Search aria-hidden size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <div className={styles['table']}>
        {error && <Trouble error={error} retry={() => void refetch()} />}
        {!data && !error && <Bones rows={4} />}
        {found?.length === 0 && <Empty icon={Users} title={t('people.none')} text={search ? t('people.noneFound', { text: search }) : t('people.noneText')} />}
        {found && found.length > 0 && (
          <ul className={styles['list']}>
            {found.map((person) => <Person key={person._id} person={person} />)}
          </ul>
        )}
      </div>
      <Suspense>{adding && <NewPerson onDone={() => setAdding(false)} />}</Suspense>
    </Page>
  );
}

function matches(person: User, search: string): boolean {
  const text = [person.name, person.username, ...(person.emails ?? []).map(({ address }) => address)].join(' ');
  return text.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase());
}

function Person({ person }: { person: User }) {
  const inactive = person.active === false;
  return (
    <li className={styles['person']} data-inactive={inactive || undefined}>
      <Avatar name={person.name || person.username} id={person._id} presence={person.status ?? 'offline'} />
      <div className={styles['who']}>
        <span className={styles['name']} dir="auto"><bdi>{person.name || person.username}</bdi></span>
        <span className={styles['sub']} dir="auto">{[`@${person.username}`, person.emails?.[0]?.address].filter(Boolean).join(' · ')}</span>
      </div>
      <div className={styles['roles']}>
        {inactive && <span className={styles['role']}>{t('people.inactive')}</span>}
        {person.roles?.filter((role) => role !== 'user').map((role) => (
          <span key={role} className={styles['role']}>{maybe(`role.${role}`) ?? role}</span>
        ))}
      </div>
      <Actions person={person} />
    </li>
  );
}

interface Action {
  text: string;
  permission: string;
  run(): Promise<unknown>;
}

function isAgent({ roles, statusLivechat }: User): boolean {
  return roles?.includes('livechat-agent') ?? statusLivechat !== undefined;
}

function actionsFor(person: User): Action[] {
  const agent = isAgent(person);
  const manager = person.roles?.includes('livechat-manager') ?? false;
  const active = person.active !== false;
  return [
    { text: t(agent ? 'people.unmakeAgent' : 'people.makeAgent'), permission: 'view-livechat-manager', run: () => setRole(person, 'agent', !agent) },
    { text: t(manager ? 'people.unmakeManager' : 'people.makeManager'), permission: 'view-livechat-manager', run: () => setRole(person, 'manager', !manager) },
    { text: t(active ? 'people.deactivate' : 'people.activate'), permission: 'edit-other-user-active-status', run: () => setActive(person, !active) },
  ];
}

function Actions({ person }: { person: User }) {
  const me = useMe();
  const may = useMay();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (action: Action) => action.run(),
    onSuccess: (_, action) => toast({ tone: 'done', text: t('people.did', { name: person.name || person.username, action: action.text }) }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.people }),
  });
  const [settling, setSettling] = useState(false);
  const [editing, setEditing] = useState(false);
  const edits = may('edit-other-user-info') && may('view-full-other-user-info');
  const settles = may('manage-livechat-agents') && isAgent(person);
  const actions = actionsFor(person).filter(({ permission }) => may(permission) && !(permission.startsWith('edit-other') && person._id === me._id));
  if (actions.length === 0 && !settles && !edits) return null;
  return (
    <>
      <Menu withinPortal={false} floatingStrategy="fixed" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} loading={act.isPending} aria-label={t('people.actions', { name: person.name || person.username })}>
            <Ellipsis aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {edits && <Menu.Item onClick={() => setEditing(true)}>{t('people.edit')}</Menu.Item>}
          {settles && <Menu.Item onClick={() => setSettling(true)}>{t('people.terms')}</Menu.Item>}
          {actions.map((action) => (
            <Menu.Item key={action.text} onClick={() => act.mutate(action)}>{action.text}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Suspense>{editing && <EditPerson person={person} onDone={() => setEditing(false)} />}</Suspense>
      <Suspense>{settling && <AgentTerms person={person} onDone={() => setSettling(false)} />}</Suspense>
    </>
  );
}
