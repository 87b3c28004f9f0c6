// What the system says about PDFs one asked for: told when it comes, kept until one puts it away.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call, type Response } from '../../lib/api';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import { toast } from '../../ui/toast';

export type Notice = Response<'GET /api/v1/foyer/pdf.notices'>['notices'][number];

export const noticesQuery = queryOptions({ queryKey: keys.notices, queryFn: async () => (await call('GET /api/v1/foyer/pdf.notices', {})).notices });

/** Tells of a notice when it comes, wherever one is. */
export function useNotices(): void {
  const notices = useQuery(noticesQuery).data;
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!notices) return;
    for (const { rid, ts, fileId } of notices) {
      if (known.current?.has(rid + ts) === false) toast(fileId ? { tone: 'done', text: t('transcript.printed') } : { tone: 'refused', text: t('transcript.notPrinted') });
    }
    known.current = new Set(notices.map(({ rid, ts }) => rid + ts));
  }, [notices]);
}

/** Saves a PDF. */
export function save(file: string): void {
  const link = document.createElement('a');
  link.href = `/file-upload/${encodeURIComponent(file)}/transcript.pdf`;
  link.download = '';
  link.click();
}
