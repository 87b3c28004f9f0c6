// What becomes of the chat's transcript when it is closed.
import { Checkbox, Stack } from '@mantine/core';
import { useMay, useMe } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';

/** What is asked of the closing; left out where one may not ask. */
export interface Transcripts {
  mail?: boolean;
  pdf?: boolean;
}

/** What is chosen before one looks: what was requested, or what one prefers. */
export function useUsual({ room, visitor }: RoomDetail): Transcripts {
  const may = useMay();
  const chosen = useMe().settings?.preferences ?? {};
  const email = visitor.visitorEmails?.[0]?.address;
  return {
    ...(may('send-omnichannel-chat-transcript') && email && { mail: Boolean(room.transcriptRequest) || chosen['omnichannelTranscriptEmail'] === true }),
    ...(may('request-pdf-transcript') && { pdf: chosen['omnichannelTranscriptPDF'] === true }),
  };
}

/** The closing's fields as the server takes them. */
export function asked({ mail, pdf }: Transcripts, { visitor, room }: RoomDetail) {
  const data = { email: room.transcriptRequest?.email ?? visitor.visitorEmails?.[0]?.address ?? '', subject: room.transcriptRequest?.subject ?? '' };
  return {
    ...(mail !== undefined && { transcriptEmail: { sendToVisitor: mail, ...(mail && { requestData: data }) } }),
    ...(pdf !== undefined && { generateTranscriptPdf: pdf }),
  };
}

interface ChoicesProps {
  value: Transcripts;
  email: string | undefined;
  onChange(next: Transcripts): void;
}

export function TranscriptChoices({ value, email, onChange }: ChoicesProps) {
  if (value.mail === undefined && value.pdf === undefined) return null;
  return (
    <Stack mt="md" gap="xs">
      {value.mail !== undefined && <Checkbox label={t('transcript.mailIt', { email: email ?? '' })} checked={value.mail} onChange={({ currentTarget: { checked } }) => onChange({ ...value, mail: checked })} />}
      {value.pdf !== undefined && <Checkbox label={t('transcript.printIt')} checked={value.pdf} onChange={({ currentTarget: { checked } }) => onChange({ ...value, pdf: checked })} />}
    </Stack>
  );
}
