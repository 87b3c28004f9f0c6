// One message: opening it marks it as read; it is answered by mail and then dealt with.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Mail, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { renew } from '../../lib/change';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { Confirm } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import styles from './offline.module.css';
import { mark, remove, type OfflineMessage } from './queries';

export function MessageView({ message, onDone }: { message: OfflineMessage; onDone(): void }) {
  const { _id, name, email, phone, state, host } = message;
  const client = useQueryClient();
  const may = useMay();
  const [going, setGoing] = useState(false);
  const { mutate: read } = useMutation({ mutationFn: mark, onSettled: () => renew(client, { queryKey: keys.offline }) });
  const dealt = useSaving({ run: mark, renews: [keys.offline], said: ({ state: next }) => t(next === 'handled' ? 'offline.handledSaid' : 'offline.reopened'), then: onDone });
  useEffect(() => {
    if (state === 'new') read({ _id, state: 'read' });
  }, [_id, state, read]);
  if (going) return <Removal message={message} onDone={onDone} />;
  return (
    <Modal opened onClose={onDone} size="lg" title={<bdi>{name}</bdi>} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <Stack gap="sm">
        {dealt.error && <Alert color="red" role="alert">{explain(dealt.error)}</Alert>}
        <dl className={styles['facts']}>
          <Fact label={t('offline.email')} value={email} />
          <Fact label={t('offline.phone')} value={phone} />
          <Fact label={t('offline.department')} value={message.departmentName ?? message.department} />
          <Fact label={t('offline.agent')} value={message.agent?.name || message.agent?.username} />
          <Fact label={t('offline.page')} value={host} />
          <Fact label={t('offline.at')} value={fullTime(message.ts)} />
          {message.handledBy && <Fact label={t('offline.handledBy')} value={`${message.handledBy.name || message.handledBy.username}, ${fullTime(message.handledAt ?? message.ts)}`} />}
        </dl>
        <p className={styles['text']} dir="auto">{message.message}</p>
        {message.rid && <Link to="/inbox/$rid" params={{ rid: message.rid }} className={styles['link']}>{t('offline.chat')}</Link>}
      </Stack>
      <Group mt="lg" gap="xs" justify="flex-end">
        {may('view-livechat-manager') && <Button variant="subtle" color="red" leftSection={<Trash2 aria-hidden size={15} />} onClick={() => setGoing(true)}>{t('action.remove')}</Button>}
        {state === 'handled'
          ? <Button variant="default" leftSection={<Undo2 aria-hidden size={15} />} loading={dealt.isPending} onClick={() => dealt.mutate({ _id, state: 'read' })}>{t('offline.reopen')}</Button>
          : <Button variant="default" leftSection={<Check aria-hidden size={15} />} loading={dealt.isPending} onClick={() => dealt.mutate({ _id, state: 'handled' })}>{t('offline.handle')}</Button>}
        <Button component="a" href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`} leftSection={<Mail aria-hidden size={15} />}>{t('offline.answer')}</Button>
      </Group>
    </Modal>
  );
}

function Fact({ label, value }: { label: string; value: string | undefined }) {
  if (!value) return null;
  return <div><dt>{label}</dt><dd dir="auto">{value}</dd></div>;
}

function Removal({ message, onDone }: { message: OfflineMessage; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: remove, renews: [keys.offline], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: message.name })} text={t('offline.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(message)} onDone={onDone} />;
}
