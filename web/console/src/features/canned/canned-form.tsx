// One canned response: what it is called, what it says, who may use it.
import { Button, Group, SegmentedControl, Select, TagsInput, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { placeholders } from '../../lib/canned';
import { useDepartmentChoices } from '../../lib/department-names';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { draftOf, saveCanned, type Canned, type Draft } from './queries';

export function CannedForm({ one, onDone }: { one: Canned | undefined; onDone(): void }) {
  const [draft, setDraft] = useState(draftOf(one));
  const { mutate, error, isPending } = useSaving({ run: saveCanned, renews: [keys.canned], said: ({ shortcut }) => t('records.saved', { name: `!${shortcut}` }), then: onDone });
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const ready = draft.text.trim() !== '' && (draft.scope !== 'department' || draft.departmentId !== '');
  return (
    <FormDialog title={one ? t('records.editOf', { name: `!${one.shortcut}` }) : t('canned.add')} error={error} busy={isPending} ready={ready} onSubmit={() => mutate(draft)} onDone={onDone}>
      <Needed data-autofocus label={t('canned.shortcut')} description={t('canned.shortcutHelp')} maxLength={100} value={draft.shortcut} onChange={(event) => put({ shortcut: event.currentTarget.value })} />
      <Words text={draft.text} onChange={(text) => put({ text })} />
      <Sharing draft={draft} put={put} />
      <TagsInput label={t('canned.tags')} maxTags={20} value={draft.tags} onChange={(tags) => put({ tags })} />
    </FormDialog>
  );
}

/** The text, and buttons that put a placeholder where the cursor stands. */
function Words({ text, onChange }: { text: string; onChange(text: string): void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    onChange(`${text.slice(0, at)}{{${name}}}${text.slice(field.current?.selectionEnd ?? at)}`);
    field.current?.focus();
  };
  return (
    <div>
      <Textarea ref={field} label={t('canned.words')} dir="auto" autosize minRows={3} maxRows={10} maxLength={20000} required withAsterisk={false} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      <Group gap={4} mt={6} role="group" aria-label={t('canned.placeholders')}>
        {placeholders.map((name) => <Button key={name} type="button" size="compact-xs" variant="default" onClick={() => insert(name)}>{t(`canned.placeholder.${name}`)}</Button>)}
      </Group>
    </div>
  );
}

/** With whom it is shared, as far as one may share. */
function Sharing({ draft: { scope, departmentId }, put }: { draft: Draft; put(change: Partial<Draft>): void }) {
  const may = useMay();
  const everywhere = may('save-all-canned-responses');
  const choices = useDepartmentChoices(departmentId ? [departmentId] : []);
  if (!everywhere && !may('save-department-canned-responses')) return null;
  const scopes = [
    { value: 'user', label: t('canned.scopeUser') },
    { value: 'department', label: t('canned.scopeDepartment') },
    { value: 'global', label: t('canned.scopeGlobal'), disabled: !everywhere },
  ];
  return (
    <>
      <SegmentedControl aria-label={t('canned.sharing')} fullWidth data={scopes} value={scope} onChange={(next) => put({ scope: next as Draft['scope'] })} />
      {scope === 'department' && <Select label={t('canned.department')} data={choices} searchable required withAsterisk={false} value={departmentId || null} onChange={(next) => put({ departmentId: next ?? '' })} />}
    </>
  );
}
