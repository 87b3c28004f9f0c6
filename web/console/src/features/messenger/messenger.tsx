// Facebook Messenger: what to enter at Facebook, and the pages whose messages become chats.
import { ActionIcon, Alert, Button, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, MessageCircle, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { toast } from '../../ui/toast';
import { messengerKey, removePage, setupQuery, type FacebookPage, type Setup } from './queries';
import styles from './messenger.module.css';
import '../../lib/page-texts';

const PageForm = later(async () => (await import('./page-form')).PageForm);

export function Messenger() {
  const read = useQuery(setupQuery);
  const [open, setOpen] = useState<FacebookPage | 'new'>();
  const [going, setGoing] = useState<FacebookPage>();
  const pages = read.data?.pages;
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('messenger.add')}</Button>;
  return (
    <Page title={t('messenger.title')} text={t('messenger.text')} actions={pages?.length ? add : undefined}>
      {read.data && <AtFacebook setup={read.data} />}
      <Records
        read={{ ...read, data: pages }}
        empty={{ icon: MessageCircle, title: t('messenger.none'), text: t('messenger.noneText'), action: add }}
        row={(page) => <Record key={page.pageId} face={<MessageCircle aria-hidden size={18} />} name={page.name} text={<><bdi>{page.pageId}</bdi> · {t(page.subscribed ? 'messenger.on' : 'messenger.notOn')}</>} onOpen={() => setOpen(page)} onRemove={() => setGoing(page)} />}
      />
      <Suspense>{open && <PageForm page={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal page={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function AtFacebook({ setup }: { setup: Setup }) {
  const maySet = useMay()('view-privileged-setting');
  const missing = !setup.enabled ? t('messenger.off') : !setup.hasSecret ? t('messenger.noSecret') : '';
  return (
    <Stack gap="sm" my="lg">
      {missing && <Alert color="yellow">{missing} {maySet && <Link to="/settings" className={styles['link']}>{t('messenger.settings')}</Link>}</Alert>}
      <Copied label={t('messenger.callback')} value={new URL(setup.callback, location.origin).href} />
      <Copied label={t('messenger.verifyToken')} value={setup.verifyToken} />
    </Stack>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast({ tone: 'done', text: t('sites.copied') });
  };
  const copying = 'clipboard' in navigator && <ActionIcon variant="subtle" aria-label={t('context.copy', { name: label })} onClick={() => void copy()}><Copy aria-hidden size={16} /></ActionIcon>;
  return <TextInput dir="ltr" readOnly label={label} value={value} rightSection={copying} rightSectionPointerEvents="all" />;
}

function Removal({ page, onDone }: { page: FacebookPage; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removePage, renews: [messengerKey], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: page.name })} text={t('messenger.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(page)} onDone={onDone} />;
}
