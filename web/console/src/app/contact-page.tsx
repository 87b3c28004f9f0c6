// One contact under its address.
import { useParams } from '@tanstack/react-router';
import { ContactPage } from '../features/contacts/contact';
import { t } from '../lib/text';
import { Guard } from './guard';
import '../lib/page-texts';

export function ContactRoute() {
  const { id } = useParams({ from: '/frame/contacts/$id' });
  return <Guard permission="view-livechat-contact" name={t('contacts.title')}><ContactPage id={id} /></Guard>;
}
