// Where I am signed in, and signing out there.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { now } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { duration, fullTime } from '../../lib/time';
import type { SignIn } from '../../lib/wire';
import { Section, Row } from '../../ui/page';
import { Bones, Trouble } from '../../ui/state';
import { toast } from '../../ui/toast';
import { browser } from '../../ui/browser';
import { revoke, signInsQuery } from './queries';

export function SignIns() {
  const { data, error, refetch } = useQuery(signInsQuery);
  return (
    <Section title={t('signIns.title')} text={t('signIns.text')}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Bones rows={2} />}
      {data?.map((session) => <Session key={session._id} session={session} />)}
    </Section>
  );
}

function Session({ session }: { session: SignIn }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => revoke(session._id),
    onSuccess: () => client.setQueryData<SignIn[]>(keys.signIns, (old) => old?.filter(({ _id }) => _id !== session._id)),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
  });
  const used = duration(now() - Date.parse(session.lastUsedAt));
  return (
    <Row
      label={browser(session.userAgent) ?? t('signIns.unknown')}
      text={
        <span title={fullTime(session.lastUsedAt)}>
          {[session.ip, session.current ? t('signIns.current') : t('signIns.used', { ago: used })].filter(Boolean).join(' · ')}
        </span>
      }
    >
      {!session.current && (
        <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
          {t('signIns.end')}
        </Button>
      )}
    </Row>
  );
}
