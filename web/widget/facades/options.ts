import { BUBBLES, type Offer, type Side, type Status, STATUSES, type Wishes } from '../bridge/livechatoo';

/** What pages set, as they write it. */
export type Options = Readonly<Record<string, unknown>>;

/** The page's callbacks, by their option's name. */
export type Listener = (data: object) => void;
export const EVENTS = ['onload', 'onchange', 'onchatstart', 'onchatopened', 'onchatend', 'onchatrating', 'onofflinemessage', 'ontrigger', 'onnamerequired', 'onemailrequired', 'onphonerequired'] as const;

export const warn = (...words: unknown[]) => console.warn('livechatoo:', ...words);

const NAME = 100;
const MESSAGE = 2000;
const SECRET = 1024;
const CSS = 100_000;

/** What an option must be; anything else is said and left out. */
type Check<T> = (value: unknown) => T | undefined;

const text = (most: number): Check<string> => (value) => (typeof value === 'string' ? value.slice(0, most) : typeof value === 'number' ? String(value) : undefined);
const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const one = <T extends string>(known: readonly T[]): Check<T> => (value) => known.find((it) => it === value);
/** Numbers or ids between commas. */
const ids: Check<readonly string[]> = (value) => {
  const all = Array.isArray(value) ? value.map(String) : typeof value === 'string' || typeof value === 'number' ? String(value).split(',') : undefined;
  return all?.map((it) => it.trim()).filter(Boolean);
};
const texts: Check<readonly string[]> = (value) => {
  const all = Array.isArray(value) ? value : [value];
  return all.every((it) => typeof it === 'string') ? all.filter(Boolean).slice(0, 100) : undefined;
};

/** An address of the web, complete; '' stays, for it removes a link. */
export const address: Check<string> = (value) => {
  if (value === '') return '';
  try {
    const { protocol, href } = new URL(String(value), location.href);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
};

const email: Check<string> = (value) => (value === '' || (typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) ? value : undefined);

const clones: Check<Readonly<Record<string, readonly string[]>>> = (value) => {
  if (!value || typeof value !== 'object') return undefined;
  const pairs = Object.entries(value).map(([name, list]) => [name.trim(), texts(list) ?? []] as const);
  return Object.fromEntries(pairs.slice(0, 100));
};

/** The page's status at the beginning; a chat cannot begin by itself. */
const status: Check<Status> = (value) => {
  if (value !== 'chat') return one(STATUSES)(value);
  warn('page: "chat" is for page(), not for init(); "online" is used');
  return 'online';
};

const SIDES: readonly Side[] = ['left', 'right'];

/** The options, what each becomes, and how it is checked. */
const WISHES: { readonly [K in keyof Wishes]-?: readonly [option: string, check: Check<NonNullable<Wishes[K]>>] } = {
  lang: ['lang', text(35)], side: ['side', one(SIDES)], page: ['page', status], bubble: ['bubble', flag], mobile: ['mobile', flag], btype: ['btype', one(BUBBLES)],
  css: ['css_text', text(CSS)], name: ['c_name', text(NAME)], staffName: ['c_name_byop', text(NAME)], email: ['c_email', email], phone: ['c_phone', text(50)],
  contact: ['url_contact', address], faq: ['url_faq', address], privacy: ['url_privacy', address], custom: ['custom', text(SECRET)],
  departments: ['departments', ids], operators: ['operators', ids], clones: ['clone_operators', clones], targets: ['target', texts],
};

const OFFER: { readonly [K in keyof Offer]-?: readonly [option: string, check: Check<NonNullable<Offer[K]>>] } = {
  message: ['message', text(MESSAGE)], departments: ['departments', ids], operators: ['operators', ids], department: ['department_name', text(NAME)],
  name: ['operator_name', text(NAME)], photo: ['operator_photo', address],
};

/** Reads options by a table; those of a wrong kind are said. */
function read<T>(table: Record<string, readonly [string, Check<unknown>]>, given: Options): T {
  const found = Object.entries(table).flatMap(([key, [option, check]]) => {
    const value = given[option];
    if (value === undefined || value === null) return [];
    const right = check(value);
    if (right === undefined) warn(`${option}: this value is not known`, value);
    return right === undefined ? [] : [[key, right] as const];
  });
  return Object.fromEntries(found) as T;
}

export const wishesOf = (options: Options) => read<Wishes>(WISHES, options);
export const offerOf = (options: Options) => read<Offer>(OFFER, options);

/** The object that a page gave, or none. */
export const objectOf = (value: unknown): Options => (value && typeof value === 'object' ? (value as Options) : {});
