// A department while it is edited: its fields as the inputs hold them, what is wrong
// with them, and what a save sends.
import { t } from '../../lib/text';
import type { Department, Link, Save, SentLink } from './queries';

/** An agent's line of the table; '' is a newcomer's counter. */
export interface Line {
  agentId: string;
  username: string;
  count: number | '';
  order: number | '';
}

export interface Draft {
  enabled: boolean;
  name: string;
  description: string;
  showOnRegistration: boolean;
  email: string;
  showOnOfflineForm: boolean;
  offlineMessageChannelName: string;
  maxNumberSimultaneousChat: number | '';
  visitorInactivityTimeoutInSeconds: number | '';
  abandonedRoomsCloseCustomMessage: string;
  waitingQueueMessage: string;
  departmentsAllowedToForward: string[];
  fallbackForwardDepartment: string;
  requestTagBeforeClosingChat: boolean;
  chatClosingTags: string[];
  allowReceiveForwardOffline: boolean;
  unit: string;
  agents: Line[];
}

export type Field = keyof Draft;
export type Mistakes = Partial<Record<Field, string>>;

export const fresh: Draft = {
  enabled: true,
  name: '',
  description: '',
  showOnRegistration: true,
  email: '',
  showOnOfflineForm: true,
  offlineMessageChannelName: '',
  maxNumberSimultaneousChat: '',
  visitorInactivityTimeoutInSeconds: '',
  abandonedRoomsCloseCustomMessage: '',
  waitingQueueMessage: '',
  departmentsAllowedToForward: [],
  fallbackForwardDepartment: '',
  requestTagBeforeClosingChat: false,
  chatClosingTags: [],
  allowReceiveForwardOffline: false,
  unit: '',
  agents: [],
};

/** The inputs of a stored department. */
export function draftOf(d: Department, agents: readonly Link[]): Draft {
  return {
    enabled: d.enabled,
    name: d.name,
    description: d.description ?? '',
    showOnRegistration: d.showOnRegistration,
    email: d.email ?? '',
    showOnOfflineForm: d.showOnOfflineForm,
    offlineMessageChannelName: d.offlineMessageChannelName ?? '',
    maxNumberSimultaneousChat: d.maxNumberSimultaneousChat ?? '',
    visitorInactivityTimeoutInSeconds: d.visitorInactivityTimeoutInSeconds ?? '',
    abandonedRoomsCloseCustomMessage: d.abandonedRoomsCloseCustomMessage ?? '',
    waitingQueueMessage: d.waitingQueueMessage ?? '',
    departmentsAllowedToForward: d.departmentsAllowedToForward ?? [],
    fallbackForwardDepartment: d.fallbackForwardDepartment ?? '',
    requestTagBeforeClosingChat: d.requestTagBeforeClosingChat ?? false,
    chatClosingTags: d.chatClosingTags ?? [],
    allowReceiveForwardOffline: d.allowReceiveForwardOffline,
    unit: d.parentId ?? '',
    agents: agents.map(({ agentId, username, count, order }) => ({ agentId, username, count, order })),
  };
}

/** The fields in which two drafts differ. */
export function changes(from: Draft, to: Draft): Field[] {
  return (Object.keys(from) as Field[]).filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]));
}

const address = /^[^\s@,]+@[^\s@,]+$/;

/** What a person must put right before it can be saved. */
export function mistakes({ name, email, requestTagBeforeClosingChat: request, chatClosingTags }: Draft): Mistakes {
  const addresses = email.split(',').map((one) => one.trim());
  return {
    ...(name.trim() === '' && { name: t('departments.nameMissing') }),
    ...(!addresses.every((one) => address.test(one)) && { email: t('departments.emailWrong') }),
    ...(request && chatClosingTags.length === 0 && { chatClosingTags: t('departments.tagsMissing') }),
  };
}

/** Whether a department cannot be saved without this field. */
export function isNeeded(field: Field, { requestTagBeforeClosingChat: request }: Draft): boolean {
  return field === 'name' || field === 'email' || (field === 'chatClosingTags' && request);
}

/** Which field a refusal of the server is about. */
const refused: Partial<Record<string, Field>> = {
  'error-invalid-name': 'name',
  'error-invalid-email': 'email',
  'error-validating-department-chat-closing-tags': 'chatClosingTags',
  'error-fallback-department-not-found': 'fallbackForwardDepartment',
  'error-fallback-department-circular': 'fallbackForwardDepartment',
  'error-unit-not-found': 'unit',
  'error-unit-cant-be-empty': 'unit',
  'error-archived-department-cant-be-enabled': 'enabled',
};

/** The field a refusal is about, if it is about one. */
export function fieldOf(code: string): Field | undefined {
  return refused[code];
}

/** What is sent to turn one draft into the other. Counters go only if a person changed them: routing moves them all the time. */
export function saveOf(id: string | undefined, from: Draft, to: Draft): Save {
  const { unit, agents, maxNumberSimultaneousChat: limit, visitorInactivityTimeoutInSeconds: seconds, ...department } = to;
  const stay = new Set(agents.map(({ agentId }) => agentId));
  return {
    id,
    department: { ...department, maxNumberSimultaneousChat: limit || 0, visitorInactivityTimeoutInSeconds: seconds || 0 },
    agents: agents.flatMap((line) => sent(from.agents.find(({ agentId }) => agentId === line.agentId), line)),
    remove: from.agents.filter(({ agentId }) => !stay.has(agentId)).map(({ agentId }) => agentId),
    unit: unit === from.unit ? undefined : unit,
  };
}

function sent(old: Line | undefined, { agentId, count, order }: Line): SentLink[] {
  const link = { agentId, ...(count !== '' && count !== old?.count && { count }), ...(order !== '' && order !== old?.order && { order }) };
  return old && Object.keys(link).length === 1 ? [] : [link];
}

/** The departments whose fallback leads to this one: each would close a circle. */
export function circle(id: string, every: readonly Department[]): Set<string> {
  const through = new Set([id]);
  for (let grown = true; grown; ) {
    const more = every.filter(({ _id, fallbackForwardDepartment: next }) => next && through.has(next) && !through.has(_id));
    for (const { _id } of more) through.add(_id);
    grown = more.length > 0;
  }
  return through;
}
