// Ending a chat: a comment the visitor reads, tags for the reports.
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useDepartment } from '../../lib/departments';
import { explain } from '../../lib/explain';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import '../../ui/inputs';
import { stay, useSettled } from '../../ui/settle';
import { commentQuery, useClose } from './queries';
import { TagsField } from './tags-field';
import { asked, TranscriptChoices, useUsual } from './transcript-choices';
import '../../lib/page-texts';

interface CloseDialogProps {
  detail: RoomDetail;
  onDone(): void;
}

export function CloseDialog({ detail, onDone }: CloseDialogProps) {
  const { room } = detail;
  const commentNeeded = useQuery(commentQuery).data !== false;
  const tagNeeded = useDepartment(room.departmentId)?.requestTagBeforeClosingChat ?? false;
  const [comment, setComment] = useState('');
  const [tags, setTags] = useState<string[]>(room.tags ?? []);
  const [transcripts, setTranscripts] = useState(useUsual(detail));
  const [missing, setMissing] = useState({ comment: false, tags: false });
  const close = useClose(room._id, onDone);
  const submit = () => {
    const lacks = { comment: commentNeeded && comment.trim() === '', tags: tagNeeded && tags.length === 0 };
    setMissing(lacks);
    if (!lacks.comment && !lacks.tags) close.mutate({ comment: comment.trim(), tags, ...asked(transcripts, detail) });
  };
  const mend = (field: keyof typeof missing) => {
    setMissing({ ...missing, [field]: false });
    if (close.error) close.reset();
  };
  const tagged = (next: string[]) => {
    setTags(next);
    mend('tags');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  const refused = close.error ? explain(close.error) : undefined;
  return (
    <Modal opened onClose={onDone} title={t('close.title', { name: room.fname })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      <form onSubmit={useSettled(submit)} onKeyDown={onKeyDown} noValidate>
        <Textarea
          data-autofocus
          label={t('close.comment')}
          description={t('close.commentHelp')}
          required={commentNeeded}
          rows={3}
          value={comment}
          error={missing.comment ? t('close.commentMissing') : refused}
          onChange={(event) => {
            setComment(event.currentTarget.value);
            mend('comment');
          }}
        />
        <TagsField department={room.departmentId} required={tagNeeded} value={tags} onChange={tagged} error={missing.tags && t('close.tagsMissing')} />
        <TranscriptChoices value={transcripts} email={detail.visitor.visitorEmails?.[0]?.address} onChange={setTranscripts} />
        <Group mt="lg" justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>{t('action.cancel')}</Button>
          <Button type="submit" loading={close.isPending} onMouseDown={stay}>{t('action.close')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
