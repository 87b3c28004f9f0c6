// Saying by what it is proven who writes on a channel.
import { Mail, Phone } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { Choices } from '../../ui/choices';
import { FormDialog } from '../../ui/dialog';
import { useSaving } from '../../ui/saving';
import { verify, type Channel, type Contact, type Proof } from './queries';

export function Verify({ contact: { emails, phones }, channel, name, onDone }: { contact: Contact; channel: Channel; name: string; onDone(): void }) {
  const proofs = [...emails.map((value): Proof => ({ field: 'email', value })), ...phones.map((value): Proof => ({ field: 'phone', value }))];
  const [chosen, setChosen] = useState('0');
  const { mutate, error, isPending } = useSaving({ run: verify, renews: [keys.contacts, ['room']], said: () => t('contacts.verifiedNow', { name }), then: onDone });
  const proof = proofs[Number(chosen)];
  return (
    <FormDialog title={t('contacts.verifyOf', { name })} error={error} busy={isPending} ready={proof !== undefined} submit={t('contacts.verify')} onSubmit={() => proof && mutate({ channel, proof })} onDone={onDone}>
      <p style={{ margin: 0, color: 'var(--f-text-2)', textWrap: 'pretty' }}>{t(proof ? 'contacts.verifyText' : 'contacts.verifyNothing')}</p>
      {proof && <Choices label={t('contacts.verifyBy')} chosen={chosen} onChoose={setChosen} choices={proofs.map(({ field, value }, id) => ({ id: String(id), name: value, text: t(field === 'email' ? 'context.email' : 'context.phone'), face: field === 'email' ? <Mail aria-hidden size={20} /> : <Phone aria-hidden size={20} /> }))} />}
    </FormDialog>
  );
}
