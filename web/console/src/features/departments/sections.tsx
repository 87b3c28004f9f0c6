// The sections of the form, in the order in which one thinks of a department.
import { NumberInput, Switch, TagsInput, Textarea, TextInput, Select, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../lib/session';
import { everyDepartmentQuery, useDepartmentChoices } from '../../lib/department-names';
import { t } from '../../lib/text';
import { Section } from '../../ui/page';
import { Agents } from './agents';
import { circle, type Draft } from './draft';
import { Entry } from './entry';
import type { Errors, Put } from './form';
import { Hours } from './hours';
import { tagNamesQuery, unitsQuery, type Department } from './queries';

export interface SectionsProps {
  id: string | undefined;
  department: Department | undefined;
  draft: Draft;
  /** What is stored: a changed field is marked. */
  from: Draft;
  errors: Errors;
  readOnly: boolean;
  put: Put;
}

type Text = 'name' | 'description' | 'email' | 'offlineMessageChannelName' | 'abandonedRoomsCloseCustomMessage' | 'waitingQueueMessage';
type Flag = 'enabled' | 'showOnRegistration' | 'showOnOfflineForm' | 'requestTagBeforeClosingChat' | 'allowReceiveForwardOffline';
type Count = 'maxNumberSimultaneousChat' | 'visitorInactivityTimeoutInSeconds';

export function Sections(props: SectionsProps) {
  const { draft, errors, put } = props;
  const flag = (field: Flag) => (
    <Entry {...props} field={field}>{({ readOnly: disabled, variant: _, ...common }) => <Switch {...common} disabled={disabled} checked={draft[field]} onChange={(event) => put({ [field]: event.currentTarget.checked })} />}</Entry>
  );
  const text = (field: Text, more: { type?: string; maxLength?: number; placeholder?: string } = {}) => (
    <Entry {...props} field={field} wide>{(common) => <TextInput {...common} {...more} error={errors[field]} value={draft[field]} onChange={(event) => put({ [field]: event.currentTarget.value })} />}</Entry>
  );
  const message = (field: Text) => (
    <Entry {...props} field={field} wide>{(common) => <Textarea {...common} autosize minRows={2} maxRows={8} maxLength={5000} error={errors[field]} value={draft[field]} onChange={(event) => put({ [field]: event.currentTarget.value })} />}</Entry>
  );
  const count = (field: Count, suffix: string) => (
    <Entry {...props} field={field}>{(common) => <NumberInput {...common} w={150} hideControls={common.readOnly} min={1} allowDecimal={false} suffix={suffix} placeholder={t('departments.notSet')} value={draft[field]} onChange={(value) => put({ [field]: typeof value === 'number' ? value : '' })} />}</Entry>
  );
  return (
    <>
      <Section title={t('departments.section.general')}>
        {flag('enabled')}
        {text('name', { maxLength: 255 })}
        {text('description', { maxLength: 5000 })}
      </Section>
      <Section title={t('departments.section.visitors')}>
        {flag('showOnRegistration')}
        {text('email', { maxLength: 2000, placeholder: 'team@example.org' })}
        {flag('showOnOfflineForm')}
        {text('offlineMessageChannelName', { maxLength: 255 })}
      </Section>
      <Section title={t('departments.section.chats')}>
        {count('maxNumberSimultaneousChat', '')}
        {count('visitorInactivityTimeoutInSeconds', ` ${t('departments.seconds')}`)}
        {message('abandonedRoomsCloseCustomMessage')}
        {message('waitingQueueMessage')}
      </Section>
      <Section title={t('departments.section.forwarding')}>
        <Allowed {...props} />
        <Fallback {...props} />
      </Section>
      <Section title={t('departments.section.closing')}>
        {flag('requestTagBeforeClosingChat')}
        <Tags {...props} />
      </Section>
      <Section title={t('departments.section.organisation')}>
        {flag('allowReceiveForwardOffline')}
        <Unit {...props} />
        <Hours department={props.department} />
      </Section>
      <Agents {...props} />
    </>
  );
}

const clear = () => ({ 'aria-label': t('action.clear') });

function Allowed(props: SectionsProps) {
  const { id, draft, put } = props;
  const choices = useDepartmentChoices(draft.departmentsAllowedToForward).filter(({ value }) => value !== id);
  return (
    <Entry {...props} field="departmentsAllowedToForward" wide>
      {(common) => <MultiSelect {...common} data={choices} searchable clearable hidePickedOptions limit={100} placeholder={draft.departmentsAllowedToForward.length === 0 ? t('departments.every') : ''} nothingFoundMessage={t('records.none')} clearButtonProps={clear()} value={draft.departmentsAllowedToForward} onChange={(departmentsAllowedToForward) => put({ departmentsAllowedToForward })} />}
    </Entry>
  );
}

/** Enabled departments from which no chain of fallbacks leads back here. */
function Fallback(props: SectionsProps) {
  const { id = '', draft, errors, put } = props;
  const every = useQuery(everyDepartmentQuery).data ?? [];
  const back = circle(id, every);
  const choices = every.filter(({ _id, enabled, archived }) => _id === draft.fallbackForwardDepartment || (enabled && !archived && !back.has(_id))).map(({ _id, name }) => ({ value: _id, label: name }));
  return (
    <Entry {...props} field="fallbackForwardDepartment" wide>
      {(common) => <Select {...common} data={choices} searchable clearable limit={100} placeholder={t('departments.nowhere')} error={errors.fallbackForwardDepartment} nothingFoundMessage={t('records.none')} clearButtonProps={clear()} value={draft.fallbackForwardDepartment || null} onChange={(value) => put({ fallbackForwardDepartment: value ?? '' })} />}
    </Entry>
  );
}

function Tags(props: SectionsProps) {
  const { draft, errors, put } = props;
  const names = useQuery(tagNamesQuery).data ?? [];
  return (
    <Entry {...props} field="chatClosingTags" wide>
      {(common) => <TagsInput {...common} data={names} openOnFocus={!errors.chatClosingTags} clearable limit={100} maxTags={100} placeholder={draft.chatClosingTags.length === 0 && !common.readOnly ? t('departments.tagsHint') : ''} error={errors.chatClosingTags} clearButtonProps={clear()} value={draft.chatClosingTags} onChange={(chatClosingTags) => put({ chatClosingTags })} />}
    </Entry>
  );
}

function Unit(props: SectionsProps) {
  const { draft, errors, put } = props;
  const may = useMay()('manage-livechat-units');
  const units = useQuery({ ...unitsQuery, enabled: may }).data ?? [];
  if (!may) return null;
  return (
    <Entry {...props} field="unit" wide>
      {(common) => <Select {...common} data={units.map(({ _id, name }) => ({ value: _id, label: name }))} searchable clearable placeholder={t('departments.noUnit')} error={errors.unit} nothingFoundMessage={t('departments.noUnits')} clearButtonProps={clear()} value={draft.unit || null} onChange={(value) => put({ unit: value ?? '' })} />}
    </Entry>
  );
}
