// An agent: how he stands and why, and everything that changed before.
import { Button, Modal } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, CircleDot, History as HistoryGlyph, LogIn, LogOut, Plug, Power, Settings, Unplug, UserCog, type LucideIcon } from 'lucide-react';
import { renew } from '../../lib/change';
import { now, useNow } from '../../lib/clock';
import { explain } from '../../lib/explain';
import { keys } from '../../lib/keys';
import { useMay, useMe } from '../../lib/session';
import { t } from '../../lib/text';
import { dayLabel, fullTime, sameDay, timeOfDay } from '../../lib/time';
import '../../ui/inputs';
import { Bones, Empty, Trouble } from '../../ui/state';
import { toast } from '../../ui/toast';
import { historyQuery, setSwitch, standingQuery, type Entry, type Standing } from './queries';
import { entryText, shut, whyText } from './why';
import styles from './history.module.css';
import '../../lib/page-texts';

interface HistoryProps {
  id: string;
  name: string;
  onDone(): void;
}

export function History({ id, name, onDone }: HistoryProps) {
  const standing = useQuery(standingQuery(id));
  const read = useInfiniteQuery(historyQuery(id));
  const entries = read.data?.pages.flatMap(({ changes }) => changes);
  return (
    <Modal opened onClose={onDone} size={520} title={t('history.title', { name })} closeButtonProps={{ 'aria-label': t('action.dismiss') }}>
      {standing.data && <Present id={id} standing={standing.data} />}
      {read.error && !entries && <Trouble error={read.error} retry={() => void read.refetch()} />}
      {!entries && !read.error && <Bones rows={5} height={44} />}
      {entries?.length === 0 && <Empty icon={HistoryGlyph} title={t('history.none')} text={t('history.noneText')} />}
      {entries && entries.length > 0 && (
        <ol className={styles['list']} aria-label={t('history.label')}>
          {entries.map((entry, i) => <Line key={entry._id} entry={entry} before={entries[i - 1]} />)}
        </ol>
      )}
      {read.hasNextPage && <Button mt="sm" variant="default" fullWidth loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('history.more')}</Button>}
    </Modal>
  );
}

/** How he stands, why, and a switch for who may turn it. */
function Present({ id, standing }: { id: string; standing: Standing }) {
  const wants = standing.statusLivechat === 'available';
  const why = useNow((now) => whyText(standing, now) ?? '');
  const client = useQueryClient();
  const manager = useMay()('manage-livechat-agents');
  const own = useMe()._id === id;
  const turn = useMutation({
    mutationFn: () => setSwitch(id, wants ? 'not-available' : 'available'),
    onError: (cause) => toast({ tone: 'refused', text: explain(cause) }),
    onSettled: () => renew(client, { queryKey: keys.people }),
  });
  return (
    <div className={styles['present']}>
      <div>
        <p className={styles['state']} data-on={wants}>{t(wants ? 'agents.takes' : 'agents.takesNot')}</p>
        <p className={styles['why']}>{why || t('agents.presence', { presence: t(`presence.${standing.status}`) })}</p>
      </div>
      {(manager || own) && (wants || !shut(standing)) && (
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>{t(wants ? 'agents.switchOff' : 'agents.switchOn')}</Button>
      )}
    </div>
  );
}

const glyphs: Partial<Record<string, LucideIcon>> = {
  self: Power, manager: UserCog, connected: Plug, lost: Unplug, 'signed-out': LogOut, 'signed-in': LogIn,
  role: UserCog, deactivated: Power, idle: CircleDot, setting: Settings, hours: CalendarClock,
};

function Line({ entry, before }: { entry: Entry; before: Entry | undefined }) {
  const Icon = glyphs[entry.cause] ?? CircleDot;
  const day = !before || !sameDay(before.at, entry.at);
  return (
    <>
      {day && <li className={styles['date']}>{dayLabel(entry.at, now())}</li>}
      <li className={styles['entry']}>
        <Icon aria-hidden size={16} />
        <span className={styles['what']}>
          <bdi>{entryText(entry)}</bdi>
          <span className={styles['after']}>{t(entry.statusLivechat === 'available' ? 'agents.takes' : 'agents.takesNot')} · {t(`presence.${entry.status}`)}</span>
        </span>
        <time dateTime={entry.at} title={fullTime(entry.at)}>{timeOfDay(entry.at)}</time>
      </li>
    </>
  );
}
