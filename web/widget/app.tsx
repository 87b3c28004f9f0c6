/** The opened widget, loaded on demand: it ties the model to the real platform and draws it. */
import { h, render } from 'preact';
import type { Tell } from './bridge/protocol';
import type { Second } from './livechatoo';
import en from './i18n/en/panel.json';
import { openChat } from './model/chat';
import type { Cancel, Clock, Store } from './model/ports';
import type { Spoken } from './model/spoken';
import type { State } from './model/state';
import type { Told } from './model/told';
import type { Config } from './model/wire';
import { breath } from './platform/clock';
import { watchPage } from './platform/page';
import { openRest } from './platform/chat-rest';
import type { Ask } from './platform/rest';
import type * as Conversation from './talk';
import { dress, focusLauncher, panel } from './view/launcher';
import { focusInto, Panel } from './view/panel';
import styles from './view/panel.css?inline';
import { learn } from './view/texts';

const FRAME = 16;

export interface AppPorts {
  readonly base: string;
  readonly ask: Ask;
  readonly store: Store;
  readonly clock: Clock;
  readonly told: Told;
  readonly spoken: Spoken;
  readonly config: () => Config;
  readonly renew: () => Promise<void>;
  readonly tell: Tell;
  readonly second: () => Second | null;
  /** The panel was opened or closed. */
  readonly opened: (open: boolean) => void;
  /** So many messages are unread. */
  readonly news: (unread: number) => void;
  /** A card beside the bubble needs a height; none: there is no card. */
  readonly place: (height?: number) => void;
  /** The frame is a window of its own. */
  readonly popout: boolean;
}

/** The chat fills the screen: a phone has no other windows. */
const full = () => document.documentElement.classList.contains('full');

/** What the frame's first script may ask of the opened widget. */
export type App = ReturnType<typeof start>;

export function start(ports: AppPorts) {
  let parts: typeof Conversation | null = null;
  let shown: State;
  let waiting: Cancel | null = null;
  /** The window of its own, while the chat is in one. */
  let popup: Window | null = null;
  const draw = () => {
    waiting?.();
    waiting = null;
    render(<Panel state={shown} chat={chat} parts={parts} minimize={ports.popout ? undefined : minimize} popOut={ports.popout || full() ? undefined : popOut} />, panel);
  };
  /** Another screen and a composer that was emptied show at once, other changes a moment later together. */
  const show = (now: State, before = shown) => {
    shown = now;
    panel.hidden = !now.open;
    if (before.unread !== now.unread) ports.news(now.unread);
    if (before.open !== now.open) ports.opened(now.open);
    if (!before.open && now.open) popup?.close();
    if (!now.open) return;
    const same = before.open && before.screen === now.screen;
    if (same && (now.draft || !before.draft)) waiting ??= ports.clock.after(FRAME, draw);
    else draw();
    if (!same) void breath().then(() => focusInto(panel));
  };
  const chat = openChat({
    ...ports, rest: openRest(ports.ask, () => ports.config().site), changed: show,
    pick: (operator) => ports.second()?.pick(operator),
    agree: () => ports.second()?.agree(),
    async converse() {
      parts ??= await import('./talk');
      await breath();
      if (shown.open) draw();
      await breath();
      return parts.begin(ports);
    },
  });
  const popOut = () => {
    void import('./platform/popout').then(({ openPopout }) => {
      popup = openPopout(ports.store, ports.told);
      if (popup) chat.minimize();
    });
  };
  const minimize = () => {
    chat.minimize();
    focusLauncher();
  };
  dress(styles);
  learn({ place: 1, en });
  shown = chat.state();
  watchPage({ show: chat.show, online: chat.hurry });
  chat.start();
  return { ...chat, redraw: chat.publish };
}
