// What two contacts that became one disagree about: one value is kept, the other goes.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldsQuery } from '../../lib/custom-fields';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import { explain } from '../../lib/explain';
import { Section } from '../../ui/page';
import { useSaving } from '../../ui/saving';
import styles from './contacts.module.css';
import { agentsQuery, listsAgents, resolve, type Conflict, type Contact } from './queries';

export function Conflicts({ contact }: { contact: Contact }) {
  const may = useMay();
  const { mutate, isPending, error } = useSaving({ run: resolve, renews: [keys.contacts], said: () => t('contacts.resolved'), then: () => undefined });
  const { data: fields = [] } = useQuery(fieldsQuery);
  const { data: agents = [] } = useQuery({ ...agentsQuery, enabled: listsAgents.some(may) });
  const custom = ({ field }: Conflict) => field.replace(/^customFields\./, '');
  const nameOf = (conflict: Conflict) => (conflict.field === 'name' ? t('field.name') : conflict.field === 'manager' ? t('context.manager') : (fields.find(({ _id }) => _id === custom(conflict))?.label ?? custom(conflict)));
  const shown = ({ field }: Conflict, value: string) => (field === 'manager' ? (agents.find(({ _id }) => _id === value)?.name ?? value) : value);
  const current = (conflict: Conflict) => (conflict.field === 'name' ? contact.name : conflict.field === 'manager' ? (contact.contactManager ?? '') : (contact.customFields?.[custom(conflict)] ?? ''));
  const take = (conflict: Conflict, value: string) => {
    const written = conflict.field === 'name' ? { name: value } : conflict.field === 'manager' ? { contactManager: value } : { customFields: { [custom(conflict)]: value } };
    mutate({ contactId: contact._id, ...written });
  };
  return (
    <Section title={t('contacts.conflicts')} text={t('contacts.conflictsText')}>
      {error && <p role="alert" className={styles['none']}>{explain(error)}</p>}
      <ul className={styles['list']}>
        {contact.conflictingFields.map((conflict) => (
          <li key={conflict.field + conflict.value} className={styles['row']}>
            <span className={styles['conflict']}>{nameOf(conflict)}</span>
            {may('update-livechat-contact') && (
              <Group gap="xs">
                <Button size="xs" variant="default" disabled={isPending} onClick={() => take(conflict, current(conflict))}>{t('contacts.keep', { value: shown(conflict, current(conflict)) })}</Button>
                <Button size="xs" variant="default" disabled={isPending} onClick={() => take(conflict, conflict.value)}>{t('contacts.takeOther', { value: shown(conflict, conflict.value) })}</Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
