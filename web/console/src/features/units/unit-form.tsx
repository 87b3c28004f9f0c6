// One unit: its name, who may see it here, its departments and its monitors.
import { MultiSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { toast } from '../../ui/toast';
import { availableQuery, membersQuery, monitorsQuery, saveUnit, type Choice, type Unit, type UnitDraft } from './queries';

export function UnitForm({ unit, onDone }: { unit: Unit | undefined; onDone(): void }) {
  const members = useQuery({ ...membersQuery(unit?._id ?? ''), enabled: unit !== undefined });
  const [change, setChange] = useState<Partial<UnitDraft>>({});
  const [checked, setChecked] = useState(false);
  const draft: UnitDraft = {
    name: unit?.name ?? '',
    visibility: unit?.visibility ?? 'public',
    monitors: values(members.data?.monitors),
    departments: values(members.data?.departments),
    ...change,
  };
  const departments = useQuery(availableQuery(unit?._id ?? 'none'));
  const monitors = useMonitorChoices(members.data?.monitors ?? []);
  const { mutate, error, isPending } = useSaving<UnitDraft, string[]>({
    run: (value) => saveUnit(unit?._id, value),
    renews: [keys.units, keys.departments],
    said: ({ name }) => t('records.saved', { name }),
    then: onDone,
  });
  const put = (more: Partial<UnitDraft>) => setChange({ ...change, ...more });
  const loading = unit !== undefined && members.isPending;
  const submit = () => {
    setChecked(true);
    if (loading || draft.departments.length === 0 || draft.monitors.length === 0) return;
    mutate(draft, { onSuccess: (dropped) => dropped.length > 0 && toast({ tone: 'refused', text: t('units.dropped', { names: dropped.join(', ') }) }) });
  };
  const choose = { searchable: true, hidePickedOptions: true, nothingFoundMessage: t('records.none'), disabled: loading };
  return (
    <FormDialog title={unit ? t('records.editOf', { name: unit.name }) : t('units.add')} error={error ?? members.error ?? departments.error} busy={isPending || loading} onSubmit={submit} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={255} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <MultiSelect {...choose} label={t('field.departments')} description={t('units.departmentsHelp')} data={departments.data ?? members.data?.departments ?? []} value={draft.departments} error={checked && draft.departments.length === 0 && t('units.departmentsNeeded')} onChange={(chosen) => put({ departments: chosen })} />
      <MultiSelect {...choose} label={t('field.monitors')} description={t('units.monitorsHelp')} data={monitors} value={draft.monitors} error={checked && draft.monitors.length === 0 && t('units.monitorsNeeded')} onChange={(chosen) => put({ monitors: chosen })} />
      <Switch mt="xs" label={t('units.private')} description={t('units.privateHelp')} checked={draft.visibility === 'private'} onChange={(event) => put({ visibility: event.currentTarget.checked ? 'private' : 'public' })} />
    </FormDialog>
  );
}

function values(choices: Choice[] | undefined): string[] {
  return choices?.map(({ value }) => value) ?? [];
}

/** All monitors for who may list them, else those the unit has. */
function useMonitorChoices(own: Choice[]): Choice[] {
  const may = useMay();
  const { data } = useQuery({ ...monitorsQuery, enabled: may('manage-livechat-monitors') });
  const listed = data?.map(({ _id, name, username }): Choice => ({ value: _id, label: name ? `${name} (@${username})` : username })) ?? [];
  return [...listed, ...own.filter(({ value }) => !listed.some((other) => other.value === value))];
}
