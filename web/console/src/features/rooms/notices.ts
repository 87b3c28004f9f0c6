// PDFs one asked for are told of when they come.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { noticesQuery } from '../../lib/notices';
import { t } from '../../lib/text';
import { toast } from '../../ui/toast';

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
