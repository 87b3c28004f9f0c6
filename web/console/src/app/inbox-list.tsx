// The inbox's list column: who waits, and whom I serve.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Coffee, Inbox as InboxIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Availability } from '../features/agents/availability';
import { inboxQuery } from '../features/rooms/queries';
import { byNeed } from '../features/rooms/mine';
import { RoomRow } from '../features/rooms/room-row';
import { useInOrder, useShown } from '../features/routing/queries';
import { useTake } from '../features/routing/take';
import { WaitingRow } from '../features/routing/waiting-row';
import { Refusal } from '../lib/api';
import { useNow } from '../lib/clock';
import { kept, useStore } from '../lib/store';
import { t } from '../lib/text';
import { mostUrgent, urgency } from '../lib/time';
import type { Inbox } from '../lib/wire';
import { Bones, Empty, Trouble } from '../ui/state';
import styles from './inbox-list.module.css';

type Tab = 'waiting' | 'mine';
const tabs: readonly Tab[] = ['waiting', 'mine'];

/** Which list is shown. */
const shown = kept<Tab>('inbox-tab', 'waiting');

export function InboxList({ chosen }: { chosen: string | undefined }) {
  const tab = useStore(shown);
  const { data: inbox, error, refetch } = useQuery(inboxQuery);
  const waiting = useInOrder(inbox?.waiting);
  const data = useMemo(() => inbox && waiting && { ...inbox, waiting }, [inbox, waiting]);
  useFullerList(data);
  return (
    <section className={styles['column']} aria-label={t('inbox.title')}>
      <header className={styles['header']}>
        <h1>{t('inbox.title')}</h1>
        <Availability />
      </header>
      <Tabs inbox={data} tab={tab} />
      <div className={styles['list']} id="inbox-list" role="tabpanel" aria-labelledby={`tab-${tab}`} data-list>
        {data ? <Rows inbox={data} tab={tab} chosen={chosen} /> : error ? <Trouble error={error} retry={() => void refetch()} /> : <Bones />}
      </div>
    </section>
  );
}

function Tabs({ inbox, tab }: { inbox: Inbox | undefined; tab: Tab }) {
  const level = useNow((now) => mostUrgent((inbox?.waiting ?? []).map((one) => urgency(now - Date.parse(one.ts), one.estimatedWaitingTimeQueue))));
  const unread = inbox?.mine.some((room) => room.unread) ?? false;
  return (
    <div className={styles['tabs']} role="tablist" aria-label={t('inbox.lists')}>
      {tabs.map((name, i) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          className={styles['tab']}
          aria-selected={tab === name}
          aria-controls="inbox-list"
          tabIndex={tab === name ? 0 : -1}
          data-key={i + 1}
          data-urgency={name === 'waiting' ? level : undefined}
          onClick={() => shown.set(name)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            shown.set(name === 'mine' ? 'waiting' : 'mine');
            document.getElementById(`tab-${shown.get()}`)?.focus();
          }}
        >
          {t(`inbox.${name}`)}
          {inbox && <span className={`${styles['count']} tabular`}>{inbox[name].length}</span>}
          {name === 'mine' && unread && <span className={styles['dot']}><span className="unseen">{t('row.unread')}</span></span>}
        </button>
      ))}
    </div>
  );
}

function Rows({ inbox, tab, chosen }: { inbox: Inbox; tab: Tab; chosen: string | undefined }) {
  const mine = useMemo(() => inbox.mine.toSorted(byNeed), [inbox.mine]);
  const waiting = useShown(inbox.waiting);
  const onTake = useTakeAndOpen();
  if (tab === 'waiting') {
    if (inbox.waiting.length === 0) return <Empty icon={Coffee} title={t('waiting.empty')} text={t('waiting.emptyText')} />;
    return (
      <ul className={styles['rows']}>
        {waiting.map((inquiry) => (
          <WaitingRow key={inquiry._id} inquiry={inquiry} chosen={inquiry.rid === chosen} onTake={onTake} />
        ))}
      </ul>
    );
  }
  if (mine.length === 0) return <Empty icon={InboxIcon} title={t('mine.empty')} text={t('mine.emptyText')} />;
  return (
    <ul className={styles['rows']}>
      {mine.map((room) => (
        <RoomRow key={room._id} room={room} chosen={room._id === chosen} />
      ))}
    </ul>
  );
}

/** Shows the other list when something comes into it while the shown one is empty. */
function useFullerList(inbox: Inbox | undefined): void {
  const waiting = inbox?.waiting.length ?? 0;
  const mine = inbox?.mine.length ?? 0;
  const before = useRef({ waiting: 0, mine: 0 });
  useEffect(() => {
    const tab = shown.get();
    const other = tab === 'waiting' ? 'mine' : 'waiting';
    const now = { waiting, mine };
    if (now[tab] === 0 && now[other] > before.current[other]) shown.set(other);
    before.current = now;
  }, [waiting, mine]);
}

/** Takes a chat and opens it at once; the answer of the server follows. */
export function useTakeAndOpen(): (rid: string) => void {
  const { mutate } = useTake();
  const navigate = useNavigate();
  return useCallback(
    (rid: string) => {
      const back = (cause: Error) => cause instanceof Refusal && void navigate({ to: '/inbox' });
      mutate(rid, { onSuccess: () => shown.set('mine'), onError: back });
      void navigate({ to: '/inbox/$rid', params: { rid } });
    },
    [mutate, navigate],
  );
}
