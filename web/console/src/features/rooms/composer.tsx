// Where the agent writes: grows to eight lines, keeps what was not sent.
import { ActionIcon, Tooltip } from '@mantine/core';
import { MailX, SendHorizontal } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { now } from '../../lib/clock';
import { draftOf, keepDraft } from '../../lib/drafts';
import { useLive } from '../../lib/live';
import { t } from '../../lib/text';
import type { RoomDetail } from '../../lib/wire';
import { CannedList, useCanned } from './canned-list';
import { AttachButton } from './attach';
import styles from './composer.module.css';

interface ComposerProps {
  detail: RoomDetail;
  onSend(text: string): void;
}

const typingEvery = 3000;
const typingEnds = 5000;

export function Composer({ detail, onSend }: ComposerProps) {
  const rid = detail.room._id;
  const [text, setText] = useState(() => draftOf(rid));
  const field = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping(rid);

  useLayoutEffect(() => grow(field.current), [text]);

  const write = (next: string) => {
    setText(next);
    keepDraft(rid, next, now());
    typing(next !== '');
  };
  const canned = useCanned(detail, text, write);
  const send = () => {
    const message = text.trim();
    if (message === '') return;
    write('');
    onSend(message);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (canned.onKey(event)) return;
    if (event.key === 'Escape') field.current?.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={styles['composer']} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <CannedList {...canned} />
      <AttachButton rid={detail.room._id} />
      <textarea
        ref={field}
        rows={1}
        dir={text ? 'auto' : undefined}
        className={styles['field']}
        aria-label={t('composer.label')}
        placeholder={t('composer.placeholder')}
        value={text}
        maxLength={20000}
        data-key="r"
        aria-describedby={detail.room.email && 'unmailed'}
        {...canned.aria}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => typing(false)}
      />
      <Tooltip label={t('composer.send')}>
        <ActionIcon type="submit" size={36} className={styles['send']} aria-label={t('composer.send')} disabled={text.trim() === ''}>
          <SendHorizontal aria-hidden size={18} />
        </ActionIcon>
      </Tooltip>
      {detail.room.email && <p id="unmailed" className={styles['unmailed']}><MailX aria-hidden size={14} /> {t('composer.unmailed')}</p>}
      <p className={styles['hint']}>{t('composer.hint')}</p>
    </form>
  );
}

/** As high as its text, up to the limit in the style sheet. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}

/** Tells the visitor that somebody is typing: at most every few seconds, ended when the typing ends. */
function useTyping(rid: string): (on: boolean) => void {
  const live = useLive();
  const told = useRef(0);
  const end = useRef<number>(undefined);
  const stop = () => {
    window.clearTimeout(end.current);
    if (told.current !== 0) live.typing(rid, false);
    told.current = 0;
  };
  useEffect(() => stop, [rid]);
  return (on) => {
    if (!on) return stop();
    window.clearTimeout(end.current);
    end.current = window.setTimeout(stop, typingEnds);
    if (now() - told.current < typingEvery) return;
    told.current = now();
    live.typing(rid, true);
  };
}
