import { Component, createRef, h } from 'preact';
import { t } from './texts';

interface ConfirmProps {
  readonly close: () => void;
  readonly yes: () => void;
}

/** Asks before the chat is ended. */
export class Confirm extends Component<ConfirmProps> {
  private readonly dialog = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    this.dialog.current?.showModal();
  }

  override render({ close, yes }: ConfirmProps) {
    const shut = () => this.dialog.current?.close();
    return (
      <div class="veil" onKeyDown={(event) => event.stopPropagation()}>
        <dialog ref={this.dialog} role="alertdialog" aria-labelledby="ask" aria-describedby="ask-text" onClose={close}>
          <h3 id="ask">{t('end_title')}</h3>
          <p id="ask-text">{t('end_text')}</p>
          <button type="button" class="main" onClick={shut}>{t('end_no')}</button>
          <button type="button" class="quiet" onClick={() => (shut(), yes())}>{t('end_yes')}</button>
        </dialog>
      </div>
    );
  }
}
