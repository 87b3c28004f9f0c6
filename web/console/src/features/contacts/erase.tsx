// Removing a contact with everything that was said with it.
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { Confirm } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { erase, type Contact } from './queries';

export function Erase({ contact, onErased, onDone }: { contact: Contact; onErased(): void; onDone(): void }) {
  const { mutate, error, isPending } = useSaving({ run: erase, renews: [keys.contacts, ['room']], said: () => t('contacts.erased', { name: contact.name }), then: onErased });
  return <Confirm title={t('contacts.eraseOf', { name: contact.name })} text={t('contacts.eraseText')} yes={t('contacts.erase')} error={error} busy={isPending} onYes={() => mutate(contact._id)} onDone={onDone} />;
}
