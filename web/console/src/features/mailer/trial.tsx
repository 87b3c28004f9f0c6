// A test mail, and what the server said to it.
import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { renew } from '../../lib/change';
import { explain } from '../../lib/explain';
import { mailTrouble } from '../../lib/mail-trouble';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import styles from './mail.module.css';
import { mailKey, testMail, type Tried } from './queries';

export function Trial({ keeps }: { keeps: boolean }) {
  const me = useMe();
  const client = useQueryClient();
  const [to, setTo] = useState(me.emails?.[0]?.address ?? '');
  const test = useMutation({ mutationFn: testMail, onSettled: () => renew(client, { queryKey: mailKey }) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    test.mutate(to.trim());
  };
  return (
    <form className={styles['trial']} onSubmit={send}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput className={styles['grow']} type="email" required label={t('mail.testTo')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        <Button type="submit" variant="default" leftSection={<Send aria-hidden size={15} />} loading={test.isPending}>{t(keeps ? 'mail.testKeep' : 'mail.test')}</Button>
      </Group>
      {test.error && <Alert mt="sm" color="red" role="alert">{explain(test.error)}</Alert>}
      {test.data && <Outcome {...test.data} />}
    </form>
  );
}

function Outcome(tried: Tried) {
  const { ok, kept, duration, answer, status } = tried;
  return (
    <Alert mt="sm" color={ok ? 'green' : 'red'} role="status" title={t(kept ? 'mail.testKept' : ok ? 'mail.testDone' : 'mail.testFailed')}>
      {!kept && <>{ok ? '' : `${outcome(tried)} · `}{t('webhooks.took', { ms: duration })}</>}
      {answer && <p className={styles['answer']} dir="ltr">{status > 0 ? `${status} ` : ''}{answer}</p>}
    </Alert>
  );
}

/** Why a mail did not go, in words. */
export function outcome({ error, status }: { error?: string | undefined; status: number }): string {
  const said = mailTrouble(error ?? '');
  return status > 0 ? `${said} (${status})` : said;
}
