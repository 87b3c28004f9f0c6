import { Component, type ComponentChildren, createRef, h } from 'preact';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** The buttons: what leaves things as they are, and what is asked about. */
  readonly no: string;
  readonly yes: string;
  /** The question is the loud answer, not its refusal. */
  readonly wanted?: boolean;
  /** What else is asked. */
  readonly children?: ComponentChildren;
  readonly close: () => void;
  /** Carries it out; unless it answers false, the dialog closes. */
  readonly act: () => void | Promise<boolean>;
}

/** Asks before something is done that cannot be undone. */
export class Confirm extends Component<ConfirmProps> {
  private readonly dialog = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    this.dialog.current?.showModal();
  }

  override render({ title, text, no, yes, wanted, children, close, act }: ConfirmProps) {
    const shut = () => this.dialog.current?.close();
    const done = async () => (await act()) === false || shut();
    const buttons = [
      <button type="button" class={wanted ? 'quiet' : 'main'} onClick={shut}>{no}</button>,
      <button type="button" class={wanted ? 'main' : 'quiet'} onClick={() => void done()}>{yes}</button>,
    ];
    return (
      <div class="veil" data-qa-type="modal-overlay" onKeyDown={(event) => event.stopPropagation()}>
        <dialog ref={this.dialog} role="alertdialog" aria-labelledby="ask" aria-describedby="ask-text" onClose={close}>
          <h3 id="ask">{title}</h3>
          <p id="ask-text">{text}</p>
          {children}
          {wanted ? buttons.reverse() : buttons}
        </dialog>
      </div>
    );
  }
}
