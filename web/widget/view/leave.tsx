import { Component, h } from 'preact';
import { Refusal } from '../model/ports';
import { faultOf } from '../model/validate';
import { AgreeField } from './agree';
import { Operators } from './ask';
import { DepartmentField, kindly, KnownField, valuesOf } from './field';
import { Formatted } from './formatted';
import { Icon } from './icons';
import type { Props } from './panel';
import { t, type Text } from './texts';

interface Stand {
  readonly busy?: boolean;
  readonly fault?: Text | '';
  /** The server's thanks, when the message was left. */
  readonly thanks?: string;
}

/** Nobody is there: the visitor leaves a message. */
export class Leave extends Component<Props, Stand> {
  override render({ state }: Props, { busy, fault, thanks }: Stand) {
    const { messages, departments, page } = state.config;
    if (thanks !== undefined) {
      return (
        <div class="page offline" role="status">
          <Icon name="done" />
          <div dir="auto"><Formatted text={messages.offlineSuccessMessage || thanks || t('left_thanks')} /></div>
          <button type="button" class="main" onClick={() => void this.back().then(() => this.setState({ thanks: undefined }))}>{t('left_done')}</button>
        </div>
      );
    }
    const offered = departments.filter(({ showOnOfflineForm }) => showOnOfflineForm);
    return (
      <form class="page" noValidate onSubmit={this.send} onInput={this.hold}>
        <div dir="auto" role="status">
          {state.config.online ? <p>{t('usual')}<br /><button type="button" class="second" onClick={this.back}>{t('start')}</button></p> : <Formatted text={messages.offlineMessage || t('leave_text')} />}
        </div>
        <KnownField name="name" value={state.person.name} />
        <KnownField name="email" value={state.person.email || page?.given.email} />
        {page && page.requests.phone !== 'off' && <KnownField name="phone" value={state.person.phone || page.given.phone} optional={page.requests.phone === 'optional'} />}
        {page && <Operators list={page.operators} picked={page.picked} />}
        {offered[0] && <DepartmentField departments={offered} chosen={state.person.department} none="any_department" />}
        <WordsField label={t('leave_words')} />
        {page && <AgreeField page={page} />}
        <p class="fault" role="alert">{fault && t(fault)}</p>
        <button class="main" aria-disabled={busy}>{t('leave_send')}</button>
      </form>
    );
  }

  override componentWillUnmount() {
    this.props.chat.hold(false);
  }

  /** Words that were begun are not lost because somebody comes back (LT-PAGE-2). */
  private readonly hold = (event: Event) => {
    const { value } = (event.currentTarget as HTMLFormElement).elements.namedItem('message') as HTMLTextAreaElement;
    this.props.chat.hold(Boolean(value.trim()));
  };

  private readonly back = () => {
    this.props.chat.hold(false);
    return this.props.chat.refresh();
  };

  private readonly send = async (event: SubmitEvent) => {
    event.preventDefault();
    const values = valuesOf(event.currentTarget as HTMLFormElement);
    if (!values || this.state.busy) return;
    this.setState({ busy: true, fault: '' });
    try {
      const { name = '', email = '', message = '', department, phone, operator, agreed } = values;
      if (operator) this.props.chat.pick(operator);
      if (agreed) this.props.chat.agree();
      const thanks = await this.props.chat.leave({ name, email, message, ...(phone && { phone }), ...(department && { department }) });
      this.setState({ busy: false, thanks });
    } catch (error) {
      this.setState({ busy: false, fault: refusalOf(error) });
    }
  };
}

const WordsField = ({ label }: { label: string }) => (
  <label class="field">
    {label}
    <textarea name="message" rows={4} dir="auto" maxLength={5000} aria-required="true" aria-describedby="message-fault" {...kindly((value) => faultOf('message', value))} />
    <small class="fault" id="message-fault" role="alert" />
  </label>
);

const refusalOf = (error: unknown): Text => (error instanceof Refusal && !error.passing ? (error.code.includes('email') ? 'email_wrong' : 'refused') : 'unreachable');

