// A trigger while it is written: everything as the fields of the form have it.
import type { Condition as Judged, Fact } from '@foyer/shared/triggers/engine';
import type { Trigger, TriggerBody, Visit } from './queries';

export const conditionNames = ['page-url', 'time-on-site', 'chat-opened-by-visitor', 'after-guest-registration'] as const;
export type ConditionName = (typeof conditionNames)[number];

export interface Condition {
  name: ConditionName;
  value: string;
}

export interface Draft {
  _id: string | undefined;
  name: string;
  description: string;
  enabled: boolean;
  runOnce: boolean;
  site: string;
  conditions: Condition[];
  external: boolean;
  sender: 'queue' | 'custom';
  by: string;
  msg: string;
  serviceUrl: string;
  serviceTimeout: number;
  fallback: string;
}

export const needsValue = (name: ConditionName) => name === 'page-url' || name === 'time-on-site';

export function draftOf(trigger: Trigger | undefined): Draft {
  const action = trigger?.actions[0];
  const { sender, name, msg, serviceUrl, serviceTimeout, serviceFallbackMessage } = action?.params ?? {};
  return {
    _id: trigger?._id, name: trigger?.name ?? '', description: trigger?.description ?? '', enabled: trigger?.enabled ?? true, runOnce: trigger?.runOnce ?? false,
    site: trigger?.site ?? '',
    conditions: trigger?.conditions.map((it) => ({ name: it.name as ConditionName, value: String(it.value ?? '') })) ?? [{ name: 'page-url', value: '' }],
    external: action?.name === 'use-external-service', sender: sender === 'custom' ? 'custom' : 'queue', by: name ?? '', msg: msg ?? '',
    serviceUrl: serviceUrl ?? '', serviceTimeout: serviceTimeout ?? 10000, fallback: serviceFallbackMessage ?? '',
  };
}

export function bodyOf({ _id, name, description, enabled, runOnce, site, conditions, ...action }: Draft): TriggerBody {
  const sender = { sender: action.sender, name: action.by };
  return {
    ...(_id && { _id }), ...(site && { site }), name: name.trim(), description, enabled, runOnce, conditions: judged(conditions),
    actions: [action.external
      ? { name: 'use-external-service', params: { ...sender, serviceUrl: action.serviceUrl.trim(), serviceTimeout: action.serviceTimeout, serviceFallbackMessage: action.fallback } }
      : { name: 'send-message', params: { ...sender, msg: action.msg } }],
  };
}

export function judged(conditions: readonly Condition[]): (Judged & { name: ConditionName })[] {
  return conditions.map(({ name, value }) => ({ name, ...(needsValue(name) && { value: name === 'time-on-site' ? Number(value) || 0 : value }) }));
}

/** A visit's facts as the engine takes them. */
export function factsOf({ facts }: Visit): Fact[] {
  return facts.map((fact) => ({ ...fact, at: Date.parse(fact.at) }) as Fact);
}
