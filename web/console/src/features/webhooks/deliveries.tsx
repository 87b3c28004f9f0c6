// What was sent and what became of it: searched, looked at, sent again.
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, CircleCheck, CircleX, Clock, RotateCw, Search, Send, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useNow } from '../../lib/clock';
import { later } from '../../lib/later';
import { t } from '../../lib/text';
import { shortMoment } from '../../lib/time';
import { Confirm } from '../../ui/dialog';
import { Record } from '../../ui/records';
import { useSaving } from '../../ui/saving';
import { Bones, Empty, Trouble } from '../../ui/state';
import { kindName, outcome, stateName, states } from './kinds';
import { chosen, deliveriesQuery, replay, webhooksKey, type Delivery, type Filter, type Overview, type State } from './queries';
import styles from './webhooks.module.css';

const DeliveryView = later(async () => (await import('./delivery')).DeliveryView);
const glyphs: Record<State, LucideIcon> = { pending: Clock, sent: CircleCheck, dead: CircleX, dropped: Ban };
const none: Filter = { webhook: null, kind: null, state: null, text: '', from: '', to: '' };

export function Deliveries({ overview: { webhooks, kinds, pending, dead } }: { overview: Overview }) {
  const [filter, setFilter] = useState<Filter>(none);
  const [text] = useDebouncedValue(filter.text.trim(), 300);
  const [open, setOpen] = useState<string>();
  const [asking, setAsking] = useState(false);
  const read = useInfiniteQuery(deliveriesQuery({ ...filter, text }));
  const again = useSaving({ run: replay, renews: [webhooksKey], said: (_, { replayed }) => t('webhooks.replayed', { count: replayed }), then: () => setAsking(false) });
  const put = (change: Partial<Filter>) => setFilter({ ...filter, ...change });
  const found = read.data?.pages.flatMap(({ deliveries }) => deliveries);
  const wanted = chosen(filter);
  const narrowed = Object.keys(wanted).length > 0;
  const filtered = narrowed || text !== '';
  const total = read.data?.pages[0]?.total ?? 0;
  return (
    <section className={styles['section']} aria-labelledby="deliveries">
      <Group justify="space-between" align="flex-end" gap="xs">
        <div>
          <h2 id="deliveries">{t('webhooks.deliveries')}</h2>
          <p className={styles['note']}>{t('webhooks.waiting', { count: pending })} · <span {...(dead > 0 && { className: styles['dead'] })}>{t('webhooks.givenUp', { count: dead })}</span></p>
        </div>
        {narrowed && text === '' && total > 0 ? (
          <Button size="xs" variant="default" leftSection={<RotateCw aria-hidden size={15} />} onClick={() => setAsking(true)}>{t('webhooks.replayThese')}</Button>
        ) : dead > 0 && <Button size="xs" variant="default" leftSection={<RotateCw aria-hidden size={15} />} loading={again.isPending} onClick={() => again.mutate({ state: 'dead' })}>{t('webhooks.replayDead')}</Button>}
      </Group>
      <div className={styles['filter']}>
        <TextInput type="search" aria-label={t('webhooks.search')} placeholder={t('webhooks.search')} leftSection={<Search aria-hidden size={16} />} value={filter.text} onChange={(event) => put({ text: event.currentTarget.value })} />
        <Select clearable aria-label={t('webhooks.webhook')} placeholder={t('webhooks.webhook')} data={webhooks.map(({ _id, name }) => ({ value: _id, label: name }))} value={filter.webhook} onChange={(webhook) => put({ webhook })} clearButtonProps={{ 'aria-label': t('action.clear') }} />
        <Select clearable aria-label={t('webhooks.kind')} placeholder={t('webhooks.kind')} data={kinds.map((kind) => ({ value: kind, label: kindName(kind) }))} value={filter.kind} onChange={(kind) => put({ kind })} clearButtonProps={{ 'aria-label': t('action.clear') }} />
        <Select clearable aria-label={t('webhooks.state')} placeholder={t('webhooks.state')} data={states.map((state) => ({ value: state, label: stateName(state) }))} value={filter.state} onChange={(state) => put({ state })} clearButtonProps={{ 'aria-label': t('action.clear') }} />
        <Moment name={t('webhooks.from')} value={filter.from} onChange={(from) => put({ from })} />
        <Moment name={t('webhooks.to')} value={filter.to} onChange={(to) => put({ to })} />
      </div>
      <div className={styles['card']}>
        {read.error && !found && <Trouble error={read.error} retry={() => void read.refetch()} />}
        {!found && !read.error && <Bones rows={4} height={58} />}
        {found?.length === 0 && <Empty icon={filtered ? Search : Send} title={t(filtered ? 'records.none' : 'webhooks.none')} text={t(filtered ? 'webhooks.noneFound' : 'webhooks.noneText')} />}
        {found && found.length > 0 && <ul className={styles['list']}>{found.map((one) => <Row key={one._id} delivery={one} onOpen={() => setOpen(one._id)} />)}</ul>}
      </div>
      {read.hasNextPage && <Group justify="center" mt="sm"><Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('webhooks.more')}</Button></Group>}
      {asking && <Confirm title={t('webhooks.replayThese')} text={t('webhooks.replayTheseText', { count: total })} yes={t('webhooks.replay')} harmless error={again.error} busy={again.isPending} onYes={() => again.mutate(wanted)} onDone={() => setAsking(false)} />}
      <Suspense>{open && <DeliveryView id={open} onDone={() => setOpen(undefined)} />}</Suspense>
    </section>
  );
}

/** A moment, as the browser's own field for it has it. */
function Moment({ name, value, onChange }: { name: string; value: string; onChange(value: string): void }) {
  return <TextInput className={styles['moment']} type="datetime-local" label={name} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}

function Row({ delivery, onOpen }: { delivery: Delivery; onOpen(): void }) {
  const { state, kind, destinationName, createdAt, attempts } = delivery;
  const Glyph = glyphs[state];
  const when = useNow((now) => shortMoment(createdAt, now));
  const parts = [destinationName, when, ...(attempts > 0 ? [outcome(delivery)] : []), ...(attempts > 1 ? [t('webhooks.attempts', { count: attempts })] : [])];
  return <Record face={<Glyph aria-hidden size={18} className={styles[state]} />} name={kindName(kind)} text={parts.map((part, i) => <span key={part}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)} marks={[stateName(state)]} onOpen={onOpen} />;
}
