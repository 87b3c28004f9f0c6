import type { Calls, Field, Guest } from '../bridge/protocol';
import { type Told, VISITS } from './told';
import type { Config } from './wire';

const HIDEABLE = ['uj', 'ul', 'livechat-close', 'livechat-started', 'livechat_transfer_history'];
const PERSON = ['name', 'email', 'phone', 'token'] as const;

export interface CallsPorts {
  readonly told: Told;
  readonly config: () => Config;
  /** The look, the place or the words changed. */
  readonly changed: () => void;
  /** What was held for the server grew. */
  readonly held: () => void;
  /** The page told who the visitor is; registered: it knows for sure. */
  readonly introduced: (registered: boolean) => void;
  readonly open: (open: boolean) => void;
  readonly show: (visible: boolean) => void;
  /** The departments on offer are those of another unit. */
  readonly renew: () => Promise<void>;
  readonly transfer: (department: string) => void;
  readonly warn: (...words: unknown[]) => void;
}

/**
 * What the page may ask for. Its arguments come from anywhere: what has the wrong
 * type is ignored, or is an error for the console where pages count on one.
 */
export function pageCalls(ports: CallsPorts): Calls {
  const { told } = ports;
  const department = (wanted: unknown) => ports.config().departments.find(({ _id, name }) => _id === wanted || name === wanted);

  /** A department by id or name; one that there is not is none. */
  const choose = (wanted: unknown) => {
    const found = department(wanted);
    if (wanted && !found) ports.warn('unknown department:', wanted);
    told.person.department = found?._id ?? '';
    if (told.agent?.department && told.agent.department !== found?._id) told.agent = null;
  };

  const introduce = (guest: Guest, registered = false) => {
    for (const key of PERSON) if (typeof guest[key] === 'string') told.person[key] = guest[key];
    if (guest.department !== undefined) choose(guest.department);
    if (Array.isArray(guest.customFields)) for (const it of guest.customFields as Field[]) keep(it.key, it.value, it.overwrite);
    told.registered ||= registered;
    ports.introduced(registered);
  };

  const keep = (key: unknown, value: unknown, overwrite: unknown = true) => {
    if (typeof key !== 'string' || !key) return;
    told.fields.set(key, { key, value: String(value ?? ''), overwrite: overwrite !== false });
    ports.held();
  };

  const unit = (id: string) => {
    if (id === told.unit) return;
    const before = told.unit;
    told.unit = id;
    ports.renew().catch((error: unknown) => {
      if (told.unit === id) told.unit = before;
      ports.warn('setBusinessUnit:', String(error));
    });
  };

  return {
    pageVisited(visit) {
      const { change, title, location, referrer = '' } = visit ?? {};
      if (typeof location?.href !== 'string') return;
      told.href = location.href;
      told.visit = { change: String(change), title: String(title), location: { href: location.href }, referrer: String(referrer) };
      told.visits = [...told.visits, told.visit].slice(-VISITS);
      ports.held();
    },
    setParentUrl(url) {
      told.href = String(url);
      ports.held();
    },
    maximizeWidget: () => ports.open(true),
    minimizeWidget: () => ports.open(false),
    showWidget: () => ports.show(true),
    hideWidget: () => ports.show(false),
    setTheme(theme) {
      if (theme?.position !== undefined && theme.position !== 'left' && theme.position !== 'right') {
        ports.warn('unknown position:', theme.position);
        theme = { ...theme, position: told.theme.position };
      }
      told.theme = { ...told.theme, ...theme };
      ports.changed();
    },
    setLanguage(language) {
      told.language = String(language);
      ports.changed();
    },
    setHiddenSystemMessages(types) {
      if (!Array.isArray(types)) throw new Error('setHiddenSystemMessages: a list is needed');
      for (const type of types as string[]) if (!HIDEABLE.includes(type)) ports.warn('unknown system message:', type);
      told.hidden = (types as string[]).filter((type) => HIDEABLE.includes(type));
      ports.changed();
    },
    setGuestToken: (token) => introduce({ token }, true),
    setGuestName: (name) => introduce({ name }),
    setGuestEmail: (email) => introduce({ email }),
    registerGuest(guest) {
      if (guest && typeof guest === 'object') introduce(guest, true);
    },
    setCustomField: keep,
    setGuestMetadata(metadata) {
      if (!metadata || typeof metadata !== 'object') throw new Error('setGuestMetadata: an object is needed');
      told.metadata = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
    },
    setDepartment: (wanted) => introduce({ department: String(wanted) }),
    clearDepartment: () => introduce({ department: '' }),
    setBusinessUnit(id) {
      if (!id || typeof id !== 'string') throw new Error('setBusinessUnit: an id is needed');
      unit(id);
    },
    clearBusinessUnit: () => unit(''),
    setAgent(agent) {
      if (!agent?._id || !agent.username) return ports.warn('setAgent: _id and username are needed');
      const { _id, username, department } = agent;
      told.agent = { _id, username, ...(department && { department }) };
    },
    transferChat(wanted) {
      const found = department(wanted);
      if (!found) throw new Error(`transferChat: unknown department ${String(wanted)}`);
      ports.transfer(found._id);
    },
  };
}
