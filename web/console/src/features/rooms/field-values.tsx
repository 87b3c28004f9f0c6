// The custom fields of a visitor and his chat: shown, and changed where they stand.
import { TextInput, Select, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { call } from '../../lib/api';
import { choicesOf, fieldsQuery, type CustomField } from '../../lib/custom-fields';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useMay } from '../../lib/session';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import '../../ui/inputs';
import { toast } from '../../ui/toast';
import styles from './field-values.module.css';
import '../../lib/page-texts';

export function FieldValues({ detail }: { detail: RoomDetail }) {
  const may = useMay();
  const { data: fields = [] } = useQuery({ ...fieldsQuery, enabled: may('view-livechat-room-customfields') });
  const shown = fields.filter(({ visibility }) => visibility === 'visible');
  const editable = may('edit-livechat-room-customfields') && (detail.can.write || may('save-others-livechat-room-info'));
  if (shown.length === 0) return null;
  return (
    <dl className={styles['values']}>
      {shown.map((field) => <Value key={field._id} field={field} detail={detail} editable={editable} />)}
    </dl>
  );
}

interface ValueProps {
  field: CustomField;
  detail: RoomDetail;
  editable: boolean;
}

function Value({ field, detail, editable }: ValueProps) {
  const [open, setOpen] = useState(false);
  const stored = (field.scope === 'room' ? detail.room : detail.visitor)?.livechatData?.[field._id] ?? '';
  const save = useSave(field, detail);
  const done = (next: string) => {
    setOpen(false);
    if (next.trim() !== stored) void save(next.trim());
  };
  const text = stored ? <bdi>{stored}</bdi> : <span className={styles['none']}>{t('fields.empty')}</span>;
  return (
    <div className={styles['row']}>
      <dt>{field.label}</dt>
      <dd>
        {open && <Editor field={field} stored={stored} onSave={done} onLeave={() => setOpen(false)} />}
        {!open && editable && <UnstyledButton className={styles['button']} aria-label={t('fields.edit', { name: field.label, value: stored || t('fields.empty') })} onClick={() => setOpen(true)}>{text}</UnstyledButton>}
        {!open && !editable && <span className={styles['value']}>{text}</span>}
      </dd>
    </div>
  );
}

function Editor({ field, stored, onSave, onLeave }: { field: CustomField; stored: string; onSave(next: string): void; onLeave(): void }) {
  const [next, setNext] = useState(stored);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.stopPropagation(); onLeave(); }
    if (event.key === 'Enter' && field.type !== 'select') { event.preventDefault(); onSave(next); }
  };
  if (field.type === 'select') {
    return <Select size="xs" autoFocus defaultDropdownOpened clearable aria-label={field.label} data={choicesOf(field)} value={stored || null} onKeyDown={keys} onChange={(value) => onSave(value ?? '')} onDropdownClose={onLeave} clearButtonProps={{ 'aria-label': t('action.clear') }} />;
  }
  return <TextInput size="xs" autoFocus dir="auto" aria-label={field.label} maxLength={1024} value={next} onFocus={(event) => event.currentTarget.select()} onChange={(event) => setNext(event.currentTarget.value)} onKeyDown={keys} onBlur={() => onSave(next)} />;
}

/** Writes one value: shown at once, undone with an explanation when refused. */
function useSave({ _id, scope }: CustomField, { room, visitor }: RoomDetail): (value: string) => Promise<void> {
  const client = useQueryClient();
  const key = keys.room(room._id);
  const put = (value: string) => client.setQueryData<RoomDetail>(key, (old) => old && (scope === 'room' ? { ...old, room: withValue(old.room, value) } : { ...old, visitor: old.visitor && withValue(old.visitor, value) }));
  const withValue = <T extends { livechatData?: Record<string, string> | undefined }>(of: T, value: string): T => ({ ...of, livechatData: { ...of.livechatData, [_id]: value } });
  const written = (value: string) => ({ livechatData: { [_id]: value } });
  return async (value) => {
    put(value);
    try {
      await call('POST /api/v1/livechat/room.saveInfo', { body: { roomData: { _id: room._id, ...(scope === 'room' && written(value)) }, guestData: { _id: visitor?._id ?? room.v._id, ...(scope === 'visitor' && written(value)) } } });
    } catch (cause) {
      toast({ tone: 'refused', text: explain(cause) });
    } finally {
      await client.invalidateQueries({ queryKey: key });
    }
  };
}
