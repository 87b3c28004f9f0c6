// One Facebook page: its access, where its chats go, and what it says by itself.
import { NativeSelect, PasswordInput, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useDepartmentChoices } from '../../lib/department-names';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { messengerKey, savePage, type FacebookPage, type PageDraft } from './queries';

const words = { welcomeMessage: 'messenger.welcome', finishedMessage: 'messenger.finished', offlineMessage: 'messenger.offline' } as const;

export function PageForm({ page, onDone }: { page: FacebookPage | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<PageDraft>({
    pageId: page?.pageId ?? '', name: page?.name ?? '', accessToken: page?.accessToken ?? '', departmentId: page?.departmentId ?? '',
    welcomeMessage: page?.welcomeMessage ?? '', finishedMessage: page?.finishedMessage ?? '', offlineMessage: page?.offlineMessage ?? '', subscribed: page?.subscribed ?? true,
  });
  const { mutate, error, isPending } = useSaving({ run: (draft: PageDraft) => savePage({ ...draft, new: !page }), renews: [messengerKey], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const departments = useDepartmentChoices(draft.departmentId ? [draft.departmentId] : []);
  const put = (change: Partial<PageDraft>) => setDraft({ ...draft, ...change });
  return (
    <FormDialog title={page ? t('records.editOf', { name: page.name }) : t('messenger.add')} error={error} busy={isPending} onSubmit={() => mutate(draft)} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={200} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Needed dir="ltr" autoComplete="off" label={t('messenger.pageId')} readOnly={page !== undefined} maxLength={64} value={draft.pageId} onChange={(event) => put({ pageId: event.currentTarget.value.trim() })} />
      <PasswordInput dir="ltr" autoComplete="new-password" label={t('messenger.token')} description={t('messenger.tokenHelp')} maxLength={1000} value={draft.accessToken} onChange={(event) => put({ accessToken: event.currentTarget.value })} />
      <NativeSelect label={t('messenger.department')} value={draft.departmentId} onChange={(event) => put({ departmentId: event.currentTarget.value })} data={[{ value: '', label: t('messenger.noDepartment') }, ...departments]} />
      {Object.entries(words).map(([field, label]) => (
        <Textarea key={field} autosize minRows={1} maxRows={6} maxLength={2000} label={t(label)} value={draft[field as keyof typeof words]} onChange={(event) => put({ [field]: event.currentTarget.value })} />
      ))}
      <Switch mt={4} label={t('messenger.subscribed')} checked={draft.subscribed} onChange={(event) => put({ subscribed: event.currentTarget.checked })} />
    </FormDialog>
  );
}
