// A chat on paper: mailed to its visitor when it ends, or as a PDF afterwards.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileDown, FileText, Mail, MailX } from 'lucide-react';
import { call } from '../../lib/api';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import { toast } from '../../ui/toast';
import type { Act } from './actions';
import { save } from '../../lib/notices';

/** What one can do about the transcripts of a chat now. */
export function useTranscripts(detail: RoomDetail): Act[] {
  const { room, visitor } = detail;
  const may = useMay();
  const email = visitor.visitorEmails?.[0]?.address;
  const change = useChange(room._id);
  const request = () => change.mutate({ run: () => call('POST /api/v1/livechat/transcript/{rid}', { path: { rid: room._id }, body: { email: email ?? '', subject: '' } }), done: t('transcript.requested', { email: email ?? '' }) });
  const discard = () => change.mutate({ run: () => call('DELETE /api/v1/livechat/transcript/{rid}', { path: { rid: room._id } }), done: t('transcript.discarded') });
  const print = () => change.mutate({ run: () => call('POST /api/v1/omnichannel/{rid}/request-transcript', { path: { rid: room._id } }), done: t('transcript.printing') });
  const busy = change.isPending;
  const acts: Act[] = [];
  if (room.open && may('send-omnichannel-chat-transcript')) {
    if (room.transcriptRequest) acts.push({ name: t('transcript.discard'), icon: MailX, busy, run: discard });
    else if (email) acts.push({ name: t('transcript.send'), icon: Mail, busy, run: request });
  }
  if (!room.open && may('request-pdf-transcript')) {
    if (room.pdfTranscriptFileId) acts.push({ name: t('transcript.open'), icon: FileDown, busy: false, run: () => save(room.pdfTranscriptFileId ?? '') });
    else acts.push({ name: t('transcript.print'), icon: FileText, busy: busy || Boolean(room.pdfTranscriptRequested), run: print });
  }
  return acts;
}

interface Change {
  run(): Promise<unknown>;
  /** What is told when it is done. */
  done: string;
}

function useChange(rid: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run }: Change) => run(),
    onSuccess: (_, { done }) => toast({ tone: 'done', text: done }),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.room(rid) }),
  });
}
