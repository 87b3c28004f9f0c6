import { Component, h } from 'preact';
import { addressOf } from '../model/state';
import type { Props } from './panel';
import { t } from './texts';

/** Asks whether the visitor wants the chat that ended in their mail. */
export class Transcript extends Component<Props, { stand?: 'sending' | 'sent' | 'failed' }> {
  override render({ state }: Props, { stand }: { stand?: 'sending' | 'sent' | 'failed' }) {
    const email = addressOf(state);
    if (stand === 'sent') return <p class="rated" role="status">{t('transcript_sent', { email })}</p>;
    return (
      <div class="transcript">
        <p dir="auto">{state.config.messages.transcriptMessage || t('transcript')}</p>
        <button type="button" class="other" aria-disabled={stand === 'sending'} onClick={this.send}>{t('transcript_send', { email })}</button>
        <p class="fault" role="alert">{stand === 'failed' && t('unreachable')}</p>
      </div>
    );
  }

  private readonly send = () => {
    if (this.state.stand === 'sending') return;
    this.setState({ stand: 'sending' });
    const { state, chat } = this.props;
    chat.transcript(addressOf(state)).then(() => this.setState({ stand: 'sent' }), () => this.setState({ stand: 'failed' }));
  };
}
