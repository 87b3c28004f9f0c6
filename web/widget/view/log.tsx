import { Component, createRef, Fragment, h } from 'preact';
import type { Chat } from '../model/chat';
import { greets, type Item, type State } from '../model/state';
import { Face, photoOf } from './face';
import { dayOf, type Group, group } from './groups';
import { Greeting } from './greeting';
import { agentName } from './header';
import { Formatted } from './formatted';
import type { Props } from './panel';
import { Rich } from './rich';
import { Shared } from './shared';
import { Waiting } from './waiting';
import { local, type Text, t } from './texts';
import { clockTime } from './time';

const NEAR = 80;
/** So many messages are drawn at a time: a long history must not keep the page from answering. */
const SLICE = 10;

/** The conversation. It stays at its end unless the visitor reads further up. */
export class Log extends Component<Props, { behind?: boolean }> {
  private readonly box = createRef<HTMLDivElement>();
  private atEnd = true;
  /** How far its end is scrolled to, as last seen: what has grown since then is not the visitor's scrolling. */
  private end = 0;
  /** The item that is drawn first; the blocks before its own follow. */
  private first = '';
  private following = 0;
  /** What was drawn last: its first item, and the last one. */
  private drawn = ['', ''];
  /** A picture comes, the rating opens below: sizes change without a word from the state. */
  private readonly sizes = new ResizeObserver(() => this.follow());

  override componentDidMount(): void {
    this.sizes.observe(this.box.current!);
    this.settle();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
    clearTimeout(this.following);
  }

  override componentDidUpdate(): void {
    this.settle();
  }

  override render({ state, chat }: Props, { behind }: { behind?: boolean }) {
    const all = group(state.items, Date.now());
    const at = startOf(all, this.first, 0);
    this.first = all[at]?.key ?? '';
    return (
      <>
        <div class="log" data-qa="message-list" role="log" aria-label={t('messages')} aria-busy={at > 0} tabIndex={0} ref={this.box} onScroll={this.scrolled}>
          {at > 0 || state.earlier ? <button type="button" class="quiet" onClick={chat.loadEarlier}>{t('earlier')}</button> : greets(state) && <Greeting look={state.look} />}
          {all.slice(at).map((one) => <Block key={one.key} group={one} state={state} chat={chat} />)}
          {waits(state) && <Waiting state={state} />}
          {state.typing && <Typing state={state} />}
        </div>
        {behind && <button type="button" class="latest" onClick={this.toEnd}>{t('latest')}</button>}
      </>
    );
  }

  /** Keeps the place after a change, and has more drawn if not all is. */
  private settle(): void {
    const box = this.box.current!;
    const { items } = this.props.state;
    const [first, last] = this.drawn;
    const newest = items[items.length - 1];
    const more = (newest?.id ?? '') !== last;
    if (more && newest?.mine) this.atEnd = true;
    if (!this.atEnd && this.first !== first) box.scrollTop += endOf(box) - this.end;
    else if (!this.atEnd && more) this.setState({ behind: true });
    this.drawn = [this.first, newest?.id ?? ''];
    for (const part of box.children) this.sizes.observe(part);
    this.follow();
    if (box.ariaBusy === 'true') this.following ||= window.setTimeout(this.fill);
  }

  /** Draws the blocks before those that are drawn, a slice of them. */
  private readonly fill = () => {
    this.following = 0;
    const all = group(this.props.state.items, Date.now());
    this.first = all[startOf(all, this.first, SLICE)]?.key ?? '';
    this.forceUpdate();
  };

  /** Stays at the end, wherever that is now. */
  private follow(): void {
    const box = this.box.current!;
    this.end = endOf(box);
    if (this.atEnd) box.scrollTop = this.end;
  }

  private readonly scrolled = () => {
    const box = this.box.current!;
    this.atEnd = this.end - box.scrollTop < NEAR;
    if (this.atEnd && this.state.behind) this.setState({ behind: false });
    if (box.scrollTop < NEAR && !this.following) this.props.chat.loadEarlier();
  };

  private readonly toEnd = () => {
    this.box.current!.scrollTop = this.box.current!.scrollHeight;
  };
}

/** Where to begin drawing: at the block of the item that is drawn first, or earlier by blocks with so many items; at the last ones when that item is not there. */
function startOf(all: readonly Group[], first: string, more: number): number {
  let at = all.findIndex(({ items }) => items.some(({ id }) => id === first));
  if (at < 0) [at, more] = [all.length, SLICE];
  for (let items = 0; at > 0 && items < more; items += all[at]!.items.length) at--;
  return at;
}

const endOf = (box: Element) => box.scrollHeight - box.clientHeight;

function waits({ room, agent, queue, items }: State): boolean {
  return Boolean(room?.open && !agent && (queue || items.some((item) => item.mine && item.state === 'sent')));
}

function Typing({ state }: { state: State }) {
  const name = agentName(state);
  return (
    <div class="group">
      {state.look.agentFaces && <Face name={name} photo={photoOf(state, state.agent?.username)} />}
      <p class="bubble typing"><span class="sr">{t('typing', { name: name || t('agent') })}</span><i /><i /><i /></p>
    </div>
  );
}

function Block({ group: { day, items }, state, chat: { retry, link, say } }: Props & { group: Group }) {
  const [one] = items;
  if (!one) return null;
  const hidden = state.agent?.hiddenInfo ?? state.config.settings.agentHiddenInfo;
  const name = one.mine || hidden ? '' : one.name;
  const said = one.mine ? t('you') : name || t('agent');
  const latest = state.items[state.items.length - 1];
  return (
    <>
      {day !== null && <p class="day"><span>{dayName(day)}</span></p>}
      {one.line ? <p class="line">{line(hidden && one.text !== 'department' ? { ...one, name: '' } : one)}</p> : (
        <div class={one.mine ? 'group mine' : 'group'}>
          {state.look[one.mine ? 'guestFaces' : 'agentFaces'] && <Face name={one.mine ? guestName(state) : name} photo={photoOf(state, one.user)} />}
          {items.map((item) => (
            <Fragment key={item.id}>
              <Bubble item={item} name={said} last={item === latest} read={item.seq <= state.read} retry={retry} link={link} />
              {item.blocks && <Rich show={({ Buttons }) => <Buttons item={item} state={state} say={say} />} />}
            </Fragment>
          ))}
        </div>
      )}
    </>
  );
}

const guestName = ({ person, config }: State) => person.name || config.guest?.name || '';

/** A system line in words; where a chat went is told as far as visitors may know. */
function line({ line, text, name }: Item): string {
  if (line !== 'livechat_transfer_history') return t(`line_${line}` as Text, { name: name || t('agent') });
  if (text === 'queue') return t('line_to_queue');
  return name ? t(text === 'agent' ? 'line_to_agent' : 'line_to_department', { name }) : t('line_moved');
}

interface BubbleProps {
  readonly item: Item;
  readonly name: string;
  readonly last: boolean;
  /** The other side has read it. */
  readonly read: boolean;
  readonly retry: Chat['retry'];
  readonly link: Chat['link'];
}

/** One message; its time shows on demand. */
class Bubble extends Component<BubbleProps, { timed?: boolean }> {
  override shouldComponentUpdate(next: BubbleProps, { timed }: { timed?: boolean }): boolean {
    const { item, name, last, read } = this.props;
    return next.item !== item || next.name !== name || next.last !== last || next.read !== read || timed !== this.state.timed;
  }

  override render({ item, name, last, read, retry, link }: BubbleProps, { timed }: { timed?: boolean }) {
    const { id, at, edited, state, refused, mine } = item;
    return (
      <>
        {shows(item) && <div class="row">
          <p class={`bubble lt-message lt-message--${mine ? 'visitor' : 'operator'}`} data-qa="message-bubble" onClick={() => this.setState({ timed: !timed })}>
            <span class="sr">{name}: </span>{item.files && <Shared item={item} link={link} />}
            {(item.text || !(item.files || item.blocks)) && <span class="text" dir="auto"><Formatted text={item.text} /></span>}
            {item.blocks && <Rich show={({ Parts }) => <Parts item={item} />} />}
          </p>
          <p class={timed || edited ? 'meta shown' : 'meta'}>
            <time dateTime={new Date(at).toISOString()}>{clockTime(at, local())}</time> {edited && t('edited')}
          </p>
        </div>}
        {state === 'failed' && <button type="button" class="retry" onClick={() => retry(id)}>{t(refused ? refusal(refused) : 'not_sent')}</button>}
        {state === 'sending' && <p class="fate sending">{t('sending')}</p>}
        {state === 'sent' && item.mine && last && <p class="fate">{t(read ? 'read' : 'sent')}</p>}
      </>
    );
  }
}

/** Whether anything stands in the bubble: buttons stand below it. */
const shows = ({ text, files, blocks }: Item) => text || files || !blocks || blocks.some(({ type, text, fields, accessory, elements = [] }) =>
  text || fields || !/^(actions|section)$/.test(type) || [accessory, ...elements].some((one) => one && one.type !== 'button'));

/** Why the server will not have it. */
function refusal(code: string): Text {
  if (code.includes('contact')) return 'blocked';
  if (code.includes('size') || code.includes('too-large')) return 'file_size';
  return code.includes('type') ? 'file_type' : 'file_refused';
}

function dayName(at: number): string {
  const days = Math.round((dayOf(Date.now()) - dayOf(at)) / 86_400_000);
  if (days === 0) return t('today');
  return days === 1 ? t('yesterday') : new Date(at).toLocaleDateString(local(), { weekday: 'long', day: 'numeric', month: 'long' });
}
