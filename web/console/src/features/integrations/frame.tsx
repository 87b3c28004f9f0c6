// The page of somebody else's beside a chat, shut in: it may run and sign in, and reach nothing of ours.
import { useQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { t } from '../../lib/text';
import { Bones, Empty, Trouble } from '../../ui/state';
import { frameQuery } from './queries';
import styles from './integrations.module.css';
import '../../lib/page-texts';

const rights = 'allow-scripts allow-forms allow-popups';

export function ExternalFrame({ rid }: { rid: string }) {
  const { data, error, refetch } = useQuery(frameQuery(rid));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Bones rows={3} />;
  if (!URL.canParse(data)) return <Empty icon={Box} title={t('frame.invalid')} text={t('frame.invalidText')} />;
  return <iframe className={styles['frame']} key={data} src={data} title={t('frame.title')} sandbox={rightsOf(data)} referrerPolicy="no-referrer" />;
}

/** A page of our own origin would step out of its box with the right to it. */
function rightsOf(url: string): string {
  return new URL(url).origin === window.location.origin ? rights : `${rights} allow-same-origin`;
}
