// The PDFs this person asked for, or what became of them, until they are put away.
import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileDown, X } from 'lucide-react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { noticesQuery, save, type Notice } from '../../lib/notices';
import { t } from '../../lib/text';
import { fullTime } from '../../lib/time';
import { Row, Section } from '../../ui/page';
import { toast } from '../../ui/toast';
import styles from './notices.module.css';

export function Notices() {
  const { data } = useQuery(noticesQuery);
  if (!data?.length) return null;
  return (
    <Section title={t('notices.title')} text={t('notices.text')}>
      {data.map((notice) => <One key={notice.rid} notice={notice} />)}
    </Section>
  );
}

function One({ notice: { rid, name, fileId, ts } }: { notice: Notice }) {
  const client = useQueryClient();
  const away = useMutation({
    mutationFn: () => call('POST /api/v1/foyer/pdf.noticed', { body: { rid } }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.notices }),
  });
  return (
    <Row label={<Link to="/inbox/$rid" params={{ rid }} className={styles['link']}><bdi>{name}</bdi></Link>} text={`${fullTime(ts)}${fileId ? '' : ` · ${t('transcript.notPrinted')}`}`}>
      {fileId && <Button variant="default" size="xs" leftSection={<FileDown aria-hidden size={15} />} onClick={() => save(fileId)}>{t('transcript.open')}</Button>}
      <ActionIcon variant="subtle" color="gray" ms="xs" aria-label={t('notices.away', { name })} loading={away.isPending} onClick={() => away.mutate()}><X aria-hidden size={16} /></ActionIcon>
    </Row>
  );
}
