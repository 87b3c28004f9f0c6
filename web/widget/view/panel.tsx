import { h } from 'preact';
import type { Chat } from '../model/chat';
import { greets, type State } from '../model/state';
import type * as Conversation from '../talk';
import { Composer, Mark } from './composer';
import { Form } from './form';
import { Greeting } from './greeting';
import { Header } from './header';
import { Icon } from './icons';
import { Later } from './later';
import { spoken, type Text, t } from './texts';

/** What every screen gets. */
export interface Props {
  readonly state: State;
  readonly chat: Chat;
}

export interface PanelProps extends Props {
  /** What shows a conversation, once it is loaded. */
  readonly parts: typeof Conversation | null;
  /** None: the chat is in a window of its own. */
  readonly minimize: (() => void) | undefined;
  readonly popOut: (() => void) | undefined;
}

/** The opened widget: a header, the screen of the moment, and what is to be said about the connection. */
export function Panel({ state, chat, parts, minimize, popOut }: PanelProps) {
  const { screen, problem, link, look, config } = state;
  const both = { state, chat };
  const notice: Text | '' = problem || (link === 'down' ? 'lost' : '');
  const log = parts ? <parts.Log key={spoken()} {...both} /> : <div class="log" data-qa="message-list">{greets(state) && <Greeting look={look} />}</div>;
  const escape = (event: KeyboardEvent) => event.key === 'Escape' && !event.isComposing && minimize?.();
  return (
    <div class="panel" role="dialog" aria-labelledby="title" onKeyDown={escape}>
      <Header state={state} chat={chat} parts={parts} minimize={minimize} popOut={popOut} />
      <div role="status">{notice && <p class="notice"><Icon name="warn" /> {t(notice)}</p>}</div>
      {screen === 'consent' ? <Later show={({ Consent }) => <Consent {...both} minimize={minimize} />} />
        : screen === 'offline' && config.settings.displayOfflineForm ? <Later show={({ Leave }) => <Leave {...both} />} />
        : screen === 'form' && config.page ? <Later show={({ Ask }) => <Ask {...both} />} />
        : screen === 'form' ? <Form {...both} /> : screen === 'offline' ? <Later show={({ Offline }) => <Offline {...both} />} /> : (
        <div class="body" id="files-drop-target" style={{ background: look.background }}>{log}</div>
      )}
      {state.gated ? (
        <div class="foot">
          <button type="button" class="main" onClick={chat.enter}>{t('start')}</button>
          <div class="below"><Mark state={state} /></div>
        </div>
      ) : screen === 'chat' && <Composer {...both} below={parts && <parts.Below {...both} />} />}
      {screen === 'ended' && parts && <parts.Ended {...both} />}
    </div>
  );
}

/** Where the visitor is in the frame at all, moves them to what they do next; without opening a phone's keyboard. */
export function focusInto(panel: HTMLElement): void {
  if (!document.hasFocus() || panel.contains(document.activeElement)) return;
  const field = matchMedia('(pointer:fine)').matches ? 'input:not([type=file]),textarea' : 'h2';
  (panel.querySelector<HTMLElement>(field) ?? panel.querySelector('h2'))?.focus();
}
