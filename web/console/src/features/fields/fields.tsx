// Custom fields: what is asked of visitors and noted of chats besides what everybody has.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FormInput, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { fieldsQuery, type CustomField } from '../../lib/custom-fields';
import { keys } from '../../lib/keys';
import { later } from '../../lib/later';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Record, Records } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { removeField } from './queries';
import '../../lib/page-texts';

const FieldForm = later(async () => (await import('./field-form')).FieldForm);

export function Fields() {
  const may = useMay()('view-livechat-manager');
  const read = useQuery(fieldsQuery);
  const [open, setOpen] = useState<CustomField | 'new'>();
  const [going, setGoing] = useState<CustomField>();
  const add = may && <Button leftSection={<Plus aria-hidden size={16} />} onClick={() => setOpen('new')}>{t('fields.add')}</Button>;
  return (
    <Page title={t('fields.title')} text={t('fields.text')} actions={read.data?.length ? add : undefined}>
      <Records
        read={read}
        text={({ label, _id }) => `${label} ${_id}`}
        search={t('fields.search')}
        empty={{ icon: FormInput, title: t('fields.none'), text: t('fields.noneText'), action: add }}
        row={(field) => (
          <Record
            key={field._id}
            face={<FormInput aria-hidden size={18} />}
            name={field.label}
            text={field._id}
            marks={marksOf(field)}
            {...(may && { onOpen: () => setOpen(field), onRemove: () => setGoing(field) })}
          />
        )}
      />
      <Suspense>{open && <FieldForm field={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />}</Suspense>
      {going && <Removal field={going} onDone={() => setGoing(undefined)} />}
    </Page>
  );
}

function marksOf({ scope, visibility, required, searchable, public: open }: CustomField): string[] {
  return [
    t(scope === 'room' ? 'fields.scopeRoom' : 'fields.scopeVisitor'),
    ...(visibility === 'hidden' ? [t('fields.hidden')] : []),
    ...(open ? [t('fields.inForm')] : []),
    ...(required ? [t('fields.required')] : []),
    ...(searchable ? [t('fields.searchable')] : []),
  ];
}

function Removal({ field, onDone }: { field: CustomField; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: removeField, renews: [keys.fields], said: ({ label }) => t('records.removed', { name: label }), then: onDone });
  return <Confirm title={t('records.removeOf', { name: field.label })} text={t('fields.removeText')} yes={t('action.remove')} error={error} busy={isPending} onYes={() => mutate(field)} onDone={onDone} />;
}
