import { Component, createRef, h } from 'preact';
import { changesOf } from '../model/departments';
import { Refusal } from '../model/ports';
import { Confirm } from './confirm';
import type { Props } from './panel';
import { type Text, t } from './texts';

/** Asks for another department and goes there. */
export class Change extends Component<Props & { close: () => void }, { fault?: Text }> {
  private readonly choice = createRef<HTMLSelectElement>();

  override render({ state, close }: Props & { close: () => void }, { fault }: { fault?: Text }) {
    return (
      <Confirm title={t('change_title')} text={t('change_text')} no={t('change_no')} yes={t('change_yes')} wanted close={close} act={this.act}>
        <label class="field">
          {t('change_to')}
          <select ref={this.choice} onChange={() => this.setState({ fault: undefined })}>{changesOf(state).map(({ _id, name }) => <option value={_id}>{name}</option>)}</select>
          <small class="fault" role="alert">{fault && t(fault)}</small>
        </label>
      </Confirm>
    );
  }

  /** With a running chat the server moves it; before one the choice is kept for it. */
  private readonly act = async (): Promise<boolean> => {
    const { chat, state } = this.props;
    const department = this.choice.current?.value ?? '';
    try {
      if (state.room) await chat.talk()?.change(department);
      else chat.choose(department);
      return true;
    } catch (error) {
      const nobody = error instanceof Refusal && error.code.includes('no-agents-online');
      this.setState({ fault: nobody ? 'change_nobody' : 'change_failed' });
      return false;
    }
  };
}
