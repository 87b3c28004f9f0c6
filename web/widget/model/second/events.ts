import type { Data } from '../../bridge/livechatoo';
import type { EventName, Happenings } from '../../bridge/protocol';
import type { Choice } from './choice';
import type { Page, Requested } from './says';
import type { SecondPorts } from './second';

interface Around {
  readonly page: Page;
  readonly choice: Choice;
  /** A chat is going on for the server. */
  readonly running: boolean;
  readonly record: boolean;
}

const hostOf = (href: string) => /^[a-z][\w+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(href)?.[1]!.toLowerCase() ?? '';

/** The page's callbacks (livechatoo.md 8): which of what happens is told, and with what. */
export function openEvents({ told, config, tell, state, size }: SecondPorts, around: () => Around) {
  let begun = false;
  let waiting: (() => void)[] = [];
  let ticket = '';
  let initiator = 'client';
  /** The ticket of the chat that has ended, which may still be rated. */
  let rated = '';

  const emit = (event: string, data: Data) => {
    const send = () => tell({ event, data, record: around().record });
    if (begun) send();
    else waiting.push(send);
  };
  const number = (list: readonly { no: number }[], found: (it: never) => boolean) => list.find(found as never)?.no ?? '';
  const person = () => ({ name: told.person.name ?? '', email: told.person.email ?? '', phone: told.person.phone ?? '' });

  const on: { [E in EventName]?: (data: Happenings[E]) => void } = {
    'chat-maximized': () => ticket && emit('onchange', { chat_status: size() }),
    'chat-minimized': () => ticket && emit('onchange', { chat_status: 'min' }),
    'chat-started'(chat) {
      [ticket, initiator] = [chat.ticket, chat.initiator];
      if (chat.fresh) emit('onchatstart', { ticket, initiator });
    },
    'chat-ended'() {
      if (ticket) emit('onchatend', { ticket });
      rated = ticket || rated;
      ticket = '';
    },
    'chat-rated'(answers) {
      const { page } = around();
      state(({ room, agent }) => emit('onchatrating', {
        ticket: ticket || rated, ...person(), rating: Number(answers['satisfaction']), message: answers['additionalFeedback'] ?? '',
        operator_id: number(page.operators, (it: { _id: string }) => it._id === agent?._id),
        department_id: number(page.departments, (it: { _id: string }) => it._id === room?.departmentId),
      }));
    },
    'offline-form-submit'({ name, email, message }) {
      const { page } = around();
      emit('onofflinemessage', {
        ...person(), name, email, message, ...(page.manualAssignment && { operator_id: number(page.operators, (it: { _id: string }) => it._id === told.agent?._id) }),
      });
    },
    'trigger-fired': ({ no, title }) => emit('ontrigger', { id: no, title }),
  };

  return {
    ticket: () => ticket,
    /** The open chat has another size. */
    sized: (to: 'res' | 'max') => ticket && emit('onchange', { chat_status: to }),
    heard: (event: EventName, data: unknown) => void on[event]?.(data as never),
    /** What was asked for before the chat, and what the visitor made of it. */
    asked(keys: readonly Requested[], given: Data): void {
      for (const key of keys) emit(`on${key}required`, { accepted: Boolean(given[key]), [key]: given[key] ?? '' });
    },
    /** The bar is there: first it is told, then a running chat, then what waited. */
    begin(data: Data): void {
      const { choice } = around();
      const { room } = config();
      const code = room?.open ? String(room.code ?? '') : '';
      // The configuration may be older than the end of its chat.
      if (code && code !== rated) [ticket, initiator] = [code, room?.initiator ?? 'client'];
      begun = true;
      emit('onload', {
        ...data, departments: choice.departments.map(({ no }) => no).join(), operators: choice.operators.map(({ no }) => no).join(), ticket, host: hostOf(told.href),
      });
      if (ticket) emit('onchatopened', { ticket, initiator });
      for (const one of waiting.splice(0)) one();
    },
  };
}
