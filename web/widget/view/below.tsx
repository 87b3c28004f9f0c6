import { Component, Fragment, h } from 'preact';
import { left } from './composer';
import { Confirm } from './confirm';
import type { Props } from './panel';
import { count, t } from './texts';

/** What stands below the composer during a conversation: the way to end it, and how much may still be written. */
export class Below extends Component<Props, { asking?: boolean }> {
  override render({ state, chat }: Props, { asking }: { asking?: boolean }) {
    const { limitTextLength, visitorsCanCloseChat } = state.config.settings;
    const rest = left(state);
    const ask = (now: boolean) => this.setState({ asking: now });
    return (
      <>
        {state.room && visitorsCanCloseChat && <button type="button" class="quiet" onClick={() => ask(true)}>{t('end')}</button>}
        <span role="status">{rest < Number(limitTextLength) / 5 && count('left', rest)}</span>
        {asking && <Confirm close={() => ask(false)} yes={chat.end} />}
      </>
    );
  }
}
