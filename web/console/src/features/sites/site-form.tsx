// One site: its name, where it lives, its departments and hours.
import { MultiSelect, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDepartmentChoices } from '../../lib/department-names';
import { sitesKey } from '../../lib/sites';
import { t } from '../../lib/text';
import { FormDialog } from '../../ui/dialog';
import { Needed } from '../../ui/needed';
import { useSaving } from '../../ui/saving';
import { hourNamesQuery, saveSite, type Site, type SiteDraft } from './queries';

export function SiteForm({ site, onDone }: { site: Site | undefined; onDone(): void }) {
  const [draft, setDraft] = useState<SiteDraft>({ _id: site?._id ?? '', name: site?.name ?? '', hosts: site?.hosts ?? [], businessHour: site?.businessHour ?? '', departments: site?.departments ?? [] });
  const [hosts, setHosts] = useState(draft.hosts.join('\n'));
  const { mutate, error, isPending } = useSaving({ run: saveSite, renews: [sitesKey, ['departments']], said: ({ name }) => t('records.saved', { name }), then: onDone });
  const choices = useDepartmentChoices(draft.departments);
  const { data: hours = [] } = useQuery(hourNamesQuery);
  const put = (change: Partial<SiteDraft>) => setDraft({ ...draft, ...change });
  const save = () => mutate({ ...draft, hosts: hosts.split(/[\s,]+/).filter(Boolean) });
  const standard = site?._id === 'default';
  return (
    <FormDialog title={site ? t('records.editOf', { name: site.name }) : t('sites.add')} error={error} busy={isPending} onSubmit={save} onDone={onDone}>
      <Needed data-autofocus label={t('field.name')} maxLength={100} value={draft.name} onChange={(event) => put({ name: event.currentTarget.value })} />
      <Needed dir="ltr" label={t('sites.id')} description={t('sites.idHelp')} maxLength={64} readOnly={Boolean(site)} value={draft._id} onChange={(event) => put({ _id: event.currentTarget.value.trim() })} />
      <Textarea dir="ltr" label={t('sites.hosts')} description={t('sites.hostsHelp')} placeholder={'shop.example\n*.shop.example'} autosize minRows={2} value={hosts} onChange={(event) => setHosts(event.currentTarget.value)} />
      {!standard && <MultiSelect label={t('field.departments')} description={t('sites.departmentsHelp')} data={choices} searchable clearable hidePickedOptions nothingFoundMessage={t('records.none')} value={draft.departments} onChange={(departments) => put({ departments })} clearButtonProps={{ 'aria-label': t('action.clear') }} />}
      <NativeSelect label={t('sites.hours')} description={t('sites.hoursHelp')} value={draft.businessHour} onChange={(event) => put({ businessHour: event.currentTarget.value })} data={[{ value: '', label: t('sites.noHours') }, ...hours.map(({ _id, type, name }) => ({ value: _id, label: type === 'default' ? t('hours.default') : name }))]} />
    </FormDialog>
  );
}
