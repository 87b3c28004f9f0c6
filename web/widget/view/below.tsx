import { Component, Fragment, h } from 'preact';
import { changesOf } from '../model/departments';
import { Change } from './change';
import { left } from './composer';
import { Confirm } from './confirm';
import type { Props } from './panel';
import { count, t } from './texts';

type Asking = '' | 'end' | 'change';

/** What stands below the composer during a conversation: the ways out of it, and how much may still be written. */
export class Below extends Component<Props, { asking?: Asking }> {
  override render({ state, chat }: Props, { asking }: { asking?: Asking }) {
    const { limitTextLength, visitorsCanCloseChat } = state.config.settings;
    const rest = left(state);
    const ask = (asking: Asking) => this.setState({ asking });
    const close = () => ask('');
    return (
      <>
        {state.room && visitorsCanCloseChat && <button type="button" class="quiet" onClick={() => ask('end')}>{t('end')}</button>}
        {changesOf(state).length > 0 && <button type="button" class="quiet" onClick={() => ask('change')}>{t('change')}</button>}
        <span role="status">{rest < Number(limitTextLength) / 5 && count('left', rest)}</span>
        {asking === 'end' && <Confirm title={t('end_title')} text={t('end_text')} no={t('end_no')} yes={t('end_yes')} close={close} act={() => void chat.end()} />}
        {asking === 'change' && <Change state={state} chat={chat} close={close} />}
      </>
    );
  }
}
