import { Component, h } from 'preact';
import type { Props } from './panel';
import { count, t } from './texts';

interface Stand {
  readonly stars?: number;
  readonly words?: string;
  /** What became of it. */
  readonly sent?: 'sending' | 'sent' | 'failed';
}

/** How was it? One to five stars count with one tap; words may follow. */
export class Rating extends Component<Props, Stand> {
  override render(_: Props, { stars = 0, words = '', sent }: Stand) {
    if (sent === 'sent') return <p class="rated" role="status">{t('rate_thanks')}</p>;
    return (
      <fieldset class="rating">
        <legend>{t('rate')}</legend>
        <div class="stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <label class={n <= stars ? 'on' : ''} title={count('stars', n)}>
              <input type="radio" name="stars" value={n} checked={n === stars} aria-label={count('stars', n)} onChange={() => this.choose({ stars: n })} />
              <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m12 3 2.7 5.800 6.300.800-4.600 4.300 1.200 6.200-5.600-3-5.600 3 1.200-6.200L3 9.600l6.300-.8z" /></svg>
            </label>
          ))}
        </div>
        {stars > 0 && (
          <div class="field">
            <textarea rows={2} dir="auto" maxLength={2000} aria-label={t('rate_words')} placeholder={t('rate_words')} value={words} onInput={(event) => this.choose({ words: event.currentTarget.value })} />
            <button type="button" class="second" aria-disabled={sent === 'sending'} onClick={this.send}>{t('rate_send')}</button>
          </div>
        )}
        <p class="fault" role="alert">{sent === 'failed' && t('unreachable')}</p>
      </fieldset>
    );
  }

  /** What is chosen counts also where the visitor moves on without sending it. */
  private choose(stand: Stand): void {
    this.setState(stand);
    this.props.chat.answer(answersOf({ ...this.state, ...stand }));
  }

  private readonly send = () => {
    if (this.state.sent === 'sending') return;
    this.setState({ sent: 'sending' });
    this.props.chat.rate(answersOf(this.state))
      .then(() => this.setState({ sent: 'sent' }), () => this.setState({ sent: 'failed' }));
  };
}

const answersOf = ({ stars, words = '' }: Stand) => ({ satisfaction: String(stars), ...(words.trim() && { additionalFeedback: words.trim() }) });
