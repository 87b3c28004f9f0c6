import { Component, createRef, Fragment, h } from 'preact';
import type { EmojiGrid } from './emoji-grid';
import { Icon } from './icons';
import type { Props } from './panel';
import { t } from './texts';

/** The button for emoji; they are loaded when somebody wants one. */
export class Emoji extends Component<Props, { Grid?: typeof EmojiGrid | undefined }> {
  private readonly button = createRef<HTMLButtonElement>();

  override render({ chat, state }: Props, { Grid }: { Grid?: typeof EmojiGrid | undefined }) {
    const close = () => {
      this.setState({ Grid: undefined });
      this.button.current?.focus();
    };
    const pick = (emoji: string) => {
      chat.write(state.draft + emoji);
      close();
      this.button.current?.closest('form')?.querySelector('textarea')?.focus();
    };
    const open = () => void import('./emoji-grid').then(({ EmojiGrid }) => this.setState({ Grid: EmojiGrid })).catch(() => undefined);
    return (
      <>
        <button ref={this.button} type="button" class="round" aria-label={t('emoji')} title={t('emoji')} aria-expanded={Boolean(Grid)} onClick={Grid ? close : open}><Icon name="smile" /></button>
        {Grid && <Grid pick={pick} close={close} />}
      </>
    );
  }
}
