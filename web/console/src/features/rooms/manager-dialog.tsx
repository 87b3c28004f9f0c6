// Choosing a visitor's contact manager among the agents.
import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { all } from '../../lib/all';
import { call } from '../../lib/api';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { Avatar } from '../../ui/avatar';
import { Choices } from '../../ui/choices';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { Bones } from '../../ui/state';
import '../../lib/page-texts';

const agentsQuery = queryOptions({
  queryKey: [...keys.people, 'all-agents'],
  queryFn: () => all(async (page) => {
    const { users: items, total } = await call('GET /api/v1/livechat/users/{type}', { path: { type: 'agent' }, query: page });
    return { items, total };
  }),
});

interface ManagerDialogProps {
  rid: string;
  visitor: string;
  name: string;
  /** His username. */
  current: string | undefined;
  onDone(): void;
}

export function ManagerDialog({ rid, visitor, name, current, onDone }: ManagerDialogProps) {
  const agents = useQuery(agentsQuery);
  const [chosen, setChosen] = useState(current);
  const { mutate, error, isPending } = useSaving<string>({
    run: (username) => call('POST /api/v1/foyer/visitors/{_id}/manager', { path: { _id: visitor }, body: { username } }),
    renews: [keys.room(rid)],
    said: (username) => (username ? t('context.managerSaved', { name: nameOf(username) }) : t('context.managerCleared')),
    then: onDone,
  });
  const nameOf = (username: string) => agents.data?.find((agent) => agent.username === username)?.name || username;
  const clear = current !== undefined && <Button variant="subtle" px="xs" disabled={isPending} onClick={() => mutate('')}>{t('context.managerNobody')}</Button>;
  return (
    <FormDialog title={t('context.managerOf', { name })} error={error ?? agents.error} busy={isPending} ready={chosen !== undefined && chosen !== current} aside={clear} onSubmit={() => chosen && mutate(chosen)} onDone={onDone}>
      <p style={{ margin: 0, color: 'var(--f-text-2)', textWrap: 'pretty' }}>{t('context.managerHelp')}</p>
      {agents.isPending && <Bones rows={3} height={52} />}
      {agents.data && (
        <Choices
          label={t('context.manager')}
          chosen={chosen}
          onChoose={setChosen}
          choices={agents.data.map((agent) => ({ id: agent.username, name: agent.name || agent.username, text: `@${agent.username}`, face: <Avatar name={agent.name || agent.username} id={agent._id} size={36} presence={agent.status} /> }))}
        />
      )}
    </FormDialog>
  );
}
