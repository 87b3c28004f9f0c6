// What this person's chats leave behind when their visitors end them.
import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { settingQuery } from '../../lib/public-settings';
import { useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { Row, Section } from '../../ui/page';
import { toast } from '../../ui/toast';

const names = ['omnichannelTranscriptEmail', 'omnichannelTranscriptPDF'] as const;

export function Transcripts() {
  return (
    <Section title={t('transcript.title')} text={t('transcript.text')}>
      {names.map((name) => <Choice key={name} name={name} />)}
    </Section>
  );
}

function Choice({ name }: { name: (typeof names)[number] }) {
  const client = useQueryClient();
  const own = useMe().settings?.preferences[name];
  const usual = useQuery(settingQuery(`Accounts_Default_User_Preferences_${name}`)).data;
  const save = useMutation({
    mutationFn: (on: boolean) => call('POST /api/v1/users.setPreferences', { body: { data: { [name]: on } } }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.session }),
  });
  const on = save.isPending ? save.variables : own === undefined ? usual === true : own === true;
  return (
    <Row label={t(`transcript.${name}`)}>
      <Switch aria-label={t(`transcript.${name}`)} checked={on} onChange={(event) => save.mutate(event.currentTarget.checked)} />
    </Row>
  );
}
