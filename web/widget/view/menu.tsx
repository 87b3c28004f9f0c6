import { Component, createRef, h } from 'preact';
import { Refusal } from '../model/ports';
import { Confirm } from './confirm';
import type { Props } from './panel';
import { t, type Text } from './texts';

interface MenuProps extends Props {
  readonly close: () => void;
  /** Opens the chat in a window of its own; none: it is in one. */
  readonly popOut: (() => void) | undefined;
}

/** What else one may do; opened by the button in the header. */
export class Menu extends Component<MenuProps, { forgetting?: boolean; fault?: Text }> {
  private readonly list = createRef<HTMLDivElement>();

  override componentDidMount(): void {
    this.list.current?.querySelector('button')?.focus();
  }

  override render({ state, chat, close, popOut }: MenuProps, { forgetting, fault }: { forgetting?: boolean; fault?: Text }) {
    if (forgetting) {
      return (
        <Confirm title={t('forget_title')} text={t('forget_text')} no={t('forget_no')} yes={t('forget')} close={close} act={this.forget}>
          <p class="fault" role="alert">{fault && t(fault)}</p>
        </Confirm>
      );
    }
    const { page } = state.config;
    const visit = (address: string) => {
      close();
      open(address, '_blank', 'noopener,noreferrer');
    };
    const item = (text: Text, act: () => void, pressed?: boolean) => (
      <button type="button" role={pressed === undefined ? 'menuitem' : 'menuitemcheckbox'} aria-checked={pressed} onClick={act}>{t(text)}</button>
    );
    return (
      <div class="menu" role="menu" ref={this.list} onKeyDown={this.key} onFocusOut={this.left}>
        {item('menu_sound', () => chat.mute(state.sound), state.sound)}
        {popOut && item('menu_popout', popOut)}
        {page?.enlarge && item('menu_full', () => (close(), page.enlarge!()), page.large)}
        {page?.contact && item('menu_contact', () => visit(page.contact))}
        {page?.faq && item('menu_faq', () => visit(page.faq))}
        {page?.privacy && item('privacy', () => visit(page.privacy))}
        {state.config.settings.forceAcceptDataProcessingConsent && item('forget', () => this.setState({ forgetting: true }))}
      </div>
    );
  }

  private readonly key = (event: KeyboardEvent) => {
    const all = [...this.list.current!.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') this.props.close();
    else if (step) all[(all.indexOf(document.activeElement as HTMLButtonElement) + step + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly left = (event: FocusEvent) => {
    const to = event.relatedTarget as Element | null;
    if (to && !this.list.current?.contains(to) && !to.matches('[aria-haspopup]')) this.props.close();
  };

  private readonly forget = async (): Promise<boolean> => {
    try {
      await this.props.chat.forget();
      return true;
    } catch (error) {
      this.setState({ fault: error instanceof Refusal && error.code.includes('open') ? 'forget_open' : 'unreachable' });
      return false;
    }
  };
}
