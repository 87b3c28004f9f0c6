// The open chat in the inbox: conversation and context, and the dialogs over them.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { Conversation } from '../features/rooms/conversation';
import { inboxQuery, roomQuery } from '../features/rooms/queries';
import { Header } from '../features/rooms/header';
import { StillWaiting } from '../features/routing/still-waiting';
import { useTake, useTaking } from '../features/routing/take';
import { later } from '../lib/later';
import { prefer, preferences } from '../lib/preferences';
import { settingQuery } from '../lib/public-settings';
import { useMe } from '../lib/session';
import { useStore } from '../lib/store';
import { t } from '../lib/text';
import type { Room, RoomDetail } from '../lib/wire';
import styles from './inbox.module.css';

const CloseDialog = later(async () => (await import('../features/rooms/close-dialog')).CloseDialog);

const Context = later(async () => (await import('../features/rooms/context')).Context);
const ForwardDialog = later(async () => (await import('../features/rooms/forward-dialog')).ForwardDialog);
const Identity = later(async () => (await import('../features/integrations/identity')).Identity);
const Note = later(async () => (await import('../features/livechatoo/note')).Note);
const ExternalFrame = later(async () => (await import('../features/integrations/frame')).ExternalFrame);
const Ledger = later(async () => (await import('../features/triggers/ledger')).Ledger);
const Why = later(async () => (await import('../features/routing/why')).Why);

const narrow = window.matchMedia('(max-width: 1180px)');

export function RoomPage() {
  const { rid } = useParams({ from: '/frame/inbox/$rid' });
  return <OpenRoom key={rid} rid={rid} />;
}

function OpenRoom({ rid }: { rid: string }) {
  const me = useMe();
  const take = useTake();
  const taking = useTaking(rid);
  const waits = useQuery(inboxQuery).data?.waiting.find((inquiry) => inquiry.rid === rid);
  const [closing, setClosing] = useState<RoomDetail>();
  const [forwarding, setForwarding] = useState<Room>();
  const framed = useQuery(settingQuery('Omnichannel_External_Frame_Enabled')).data === true;
  const [unfolded, setContext] = useContextPanel();
  const context = !useQuery(roomQuery(rid)).isError && unfolded;
  return (
    <section className={styles['room']} data-room data-context={context || undefined} aria-label={t('inbox.room')}>
      <Conversation
        rid={rid}
        unread={waits && <StillWaiting inquiry={waits} taking={taking} onTake={() => take.mutate(rid)} />}
        header={(detail) => (
          <Header
            detail={detail}
            me={me._id}
            taking={taking}
            context={context}
            onTake={() => take.mutate(rid)}
            onForward={() => setForwarding(detail.room)}
            onClose={() => setClosing(detail)}
            onContext={() => setContext(!context)}
          />
        )}
      />
      {context && (
        <div className={styles['context']}>
          <Suspense>
            <Context
              rid={rid}
              why={<Suspense><Why rid={rid} /></Suspense>}
              spoke={<Suspense><Ledger rid={rid} /></Suspense>}
              identity={<Suspense><Note rid={rid} /><Identity rid={rid} /></Suspense>}
              frame={framed && <Suspense><ExternalFrame rid={rid} /></Suspense>}
              onFold={() => setContext(false)}
            />
          </Suspense>
        </div>
      )}
      <Suspense>
        {closing && <CloseDialog detail={closing} onDone={() => setClosing(undefined)} />}
        {forwarding && <ForwardDialog room={forwarding} onDone={() => setForwarding(undefined)} />}
      </Suspense>
    </section>
  );
}

/** Where there is room the panel's state is remembered; elsewhere it lies over the chat and starts folded. */
function useContextPanel(): [boolean, (open: boolean) => void] {
  const remembered = useStore(preferences, (chosen) => chosen.context);
  const [over, setOver] = useState(false);
  if (narrow.matches) return [over, setOver];
  return [remembered, (open) => prefer({ context: open })];
}
