// Files for a chat: picked, pasted or dropped, and what becomes of each.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Paperclip, RotateCw, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { explainCode } from '../../lib/explain';
import { settingQuery } from '../../lib/public-settings';
import { t } from '../../lib/text';
import type { History } from '../../lib/wire';
import styles from './files.module.css';
import { withMessage } from './history';
import { historyQuery } from './queries';
import { dropUpload, retryUpload, sendFiles, useUploads, type Upload } from './uploads';

/** Whether files may be sent now. */
function useFilesOn(): boolean {
  const all = useQuery(settingQuery('FileUpload_Enabled'));
  const here = useQuery(settingQuery('Livechat_fileupload_enabled'));
  return all.data === true && here.data === true;
}

function useStored(rid: string) {
  const client = useQueryClient();
  return (message: Parameters<Parameters<typeof sendFiles>[2]>[0]) =>
    void client.setQueryData<History>(historyQuery(rid).queryKey, (known) => known && withMessage(known, message, known.seq));
}

/** The button beside the field. */
export function AttachButton({ rid }: { rid: string }) {
  const input = useRef<HTMLInputElement>(null);
  const stored = useStored(rid);
  if (!useFilesOn()) return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('file.attach')}
        onChange={({ target }) => {
          sendFiles(rid, target.files ?? [], stored);
          target.value = '';
        }}
      />
      <Tooltip label={t('file.attach')}>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('file.attach')} onClick={() => input.current?.click()}>
          <Paperclip aria-hidden size={18} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Takes what is dropped on it or pasted while it shows. */
export function DropPlace({ rid, children }: { rid: string; children: ReactNode }) {
  const [over, setOver] = useState(false);
  const stored = useStored(rid);
  const on = useFilesOn();
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (!on || !event.clipboardData?.files.length || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      sendFiles(rid, event.clipboardData.files, stored);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [rid, on]);
  return (
    <div
      className={over ? `${styles['place']} ${styles['dropping']}` : styles['place']}
      data-drop={t('file.drop')}
      onDragOver={(event) => {
        if (!on || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!on) return;
        event.preventDefault();
        setOver(false);
        sendFiles(rid, event.dataTransfer.files, stored);
      }}
    >
      {children}
    </div>
  );
}

/** The room's files on their way. */
export function Going({ rid }: { rid: string }) {
  const uploads = useUploads(rid);
  const stored = useStored(rid);
  return uploads.map((upload) => <OnItsWay key={upload.id} upload={upload} retry={() => retryUpload(upload.id, stored)} />);
}

function OnItsWay({ upload: { id, file, done, failed }, retry }: { upload: Upload; retry(): void }) {
  const why = failed === 'unreachable' ? t('error.unreachable') : failed && (explainCode(failed) ?? t('error.unknown'));
  return (
    <div className={styles['going']} data-failed={failed ? '' : undefined} role={failed ? 'alert' : 'status'}>
      <span className={styles['name']} dir="auto">{file.name}{why && ` · ${why}`}</span>
      {failed && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('action.retry')} onClick={retry}>
          <RotateCw aria-hidden size={16} />
        </ActionIcon>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('action.discard')} onClick={() => dropUpload(id)}>
        <X aria-hidden size={16} />
      </ActionIcon>
      {!failed && <progress value={done} max={1} aria-label={file.name} />}
    </div>
  );
}
