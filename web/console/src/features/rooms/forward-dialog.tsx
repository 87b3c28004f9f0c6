// Sending a chat on: to a colleague or to a department, with a word for whoever gets it.
import { Alert, Button, Group, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { departmentsQuery } from '../../lib/departments';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import type { Room } from '../../lib/wire';
import { Avatar } from '../../ui/avatar';
import { Choices, type Choice } from '../../ui/choices';
import '../../ui/inputs';
import { Bones } from '../../ui/state';
import { colleaguesQuery, isFull, isThere, reachable, type Colleague } from './colleagues';
import styles from './forward-dialog.module.css';
import { useForward } from './moves';
import '../../lib/page-texts';

type Kind = 'agent' | 'department';

interface ForwardDialogProps {
  room: Room;
  onDone(): void;
}

export function ForwardDialog({ room, onDone }: ForwardDialogProps) {
  const [kind, setKind] = useState<Kind>('agent');
  const [chosen, setChosen] = useState<string>();
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const { departments, agents } = useTargets(room);
  const forward = useForward(room._id, onDone);
  const choices = kind === 'agent' ? agents : departments;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const target = choices?.find(({ id }) => id === chosen);
    setMissing(!target);
    if (target) forward.mutate({ to: kind === 'agent' ? { userId: target.id } : { departmentId: target.id }, name: target.name, comment: comment.trim() });
  };
  const turn = (next: Kind) => {
    setKind(next);
    setChosen(undefined);
    setMissing(false);
    forward.reset();
  };
  const choose = (id: string) => {
    setChosen(id);
    setMissing(false);
    forward.reset();
  };
  const wrong = forward.error ? explain(forward.error) : missing ? t(`forward.missing.${kind}`) : undefined;
  return (
    <Modal opened onClose={onDone} title={t('forward.title', { name: room.fname })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={submit} noValidate className={styles['form']}>
        <SegmentedControl fullWidth aria-label={t('forward.kind')} value={kind} onChange={(next) => turn(next as Kind)} data={[{ value: 'agent', label: t('forward.agent') }, { value: 'department', label: t('forward.department') }]} />
        {!choices && <Bones rows={3} height={52} />}
        {choices?.length === 0 && <p className={styles['none']}>{t(`forward.none.${kind}`)}</p>}
        {choices && choices.length > 0 && <Choices key={kind} label={t(`forward.${kind}`)} choices={choices} chosen={chosen} onChoose={choose} />}
        <Textarea label={t('forward.comment')} description={t('forward.commentHelp')} autosize minRows={2} maxRows={6} maxLength={2000} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
        {wrong && <Alert color="red" role="alert" py="xs">{wrong}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="submit" loading={forward.isPending}>{t('action.forward')}</Button>
        </Group>
      </form>
    </Modal>
  );
}

function useTargets(room: Room): { agents: Choice[] | undefined; departments: Choice[] | undefined } {
  const { data: colleagues } = useQuery(colleaguesQuery);
  const { data: all } = useQuery(departmentsQuery);
  const others = colleagues?.filter(({ _id }) => _id !== room.servedBy?._id);
  const current = all?.find(({ _id }) => _id === room.departmentId);
  return {
    agents: others?.map(agentChoice),
    departments: all && reachable(all, current).map(({ _id, name, description, numAgents }) => ({
      id: _id,
      name,
      text: [t('forward.agents', { count: numAgents }), description].filter(Boolean).join(' · '),
      face: <span className={styles['department']}><Users aria-hidden size={18} strokeWidth={1.75} /></span>,
    })),
  };
}

function agentChoice(agent: Colleague): Choice {
  const { _id, username, status, chats } = agent;
  const there = isThere(agent);
  const full = isFull(agent);
  return {
    id: _id,
    name: agent.name || username,
    text: there ? `${t(`presence.${status}`)} · ${full ? t('why.out.fullOf', { has: chats, limit: agent.mostChats ?? chats }) : t('forward.chats', { count: chats })}` : t(status === 'offline' ? 'forward.offline' : 'forward.off'),
    face: <Avatar name={agent.name || username} id={_id} size={32} presence={status} />,
    disabled: !there || full,
  };
}
