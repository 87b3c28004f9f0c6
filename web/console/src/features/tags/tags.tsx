// The tags that people put on chats, and for which departments each is offered.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Tag as TagGlyph } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useDepartmentNames } from '../../lib/department-names';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { removeTag, tagsQuery, type Tag } from './queries';
import '../../lib/page-texts';

const TagForm = later(async () => (await import('./tag-form')).TagForm);

export function Tags() {
  const read = useQuery(tagsQuery);
  const nameOf = useDepartmentNames();
  const [open, setOpen] = useState<Tag | 'new'>();
  const [going, setGoing] = useState<Tag>();
  const add = <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('tags.add')}</Button>;
  const marks = ({ departments }: Tag) => (departments.length === 0 ? [t('tags.everywhere')] : departments.map(nameOf));
  return (
    <Page title={t('tags.title')} text={t('tags.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ name, description }) => `${name} ${description ?? ''}`}
        search={t('tags.search')}
        empty={{ icon: TagGlyph, title: t('tags.none'), text: t('tags.noneText'), action: add }}
        row={(tag) => <Record key={tag._id} face={<TagGlyph aria-hidden size={18} />} name={tag.name} text={tag.description} marks={marks(tag)} onOpen={() => setOpen(tag)} onRemove={() => setGoing(tag)} />}
      />
      <Suspense>{open && <TagForm tag={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal tag={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function Removal({ tag, onDone }: { tag: Tag; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeTag, renews: [keys.tags], said: ({ name }) => t('records.removed', { name }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: tag.name })} text={t('tags.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(tag)} onDone={onDone} />;
}
