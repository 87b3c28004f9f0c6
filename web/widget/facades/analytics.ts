import type { Data } from '../bridge/livechatoo';

/** The events that are recorded, and what they are called there (livechatoo.md 9). */
const ACTIONS: Readonly<Record<string, string>> = {
  onchatstart: 'Chat start', onchatrating: 'Chat rating', onofflinemessage: 'Offline message', ontrigger: 'Trigger',
  onnamerequired: 'Name required', onemailrequired: 'Email required', onphonerequired: 'Phone required',
};

type Send = (...args: unknown[]) => void;
const sends = (it: unknown): it is Send => typeof it === 'function';

/** What is said of an event: never a name, an address or a text of the visitor. */
function label(event: string, data: Data): string {
  if (event === 'onchatstart') return String(data['initiator']);
  if (event === 'onchatrating') return String(data['ticket']);
  if (event === 'ontrigger') return String(data['title']);
  return 'accepted' in data ? (data['accepted'] ? 'accepted' : 'declined') : '';
}

/** Tells the page's analytics of an event: the first of gtag, ga, _gaq and dataLayer that there is. */
export function record(event: string, data: Data): void {
  const action = ACTIONS[event];
  if (!action) return;
  const page = window as unknown as Record<string, unknown>;
  const said = label(event, data);
  const stars = event === 'onchatrating' ? Number(data['rating']) : undefined;
  const ga = page[String(page['GoogleAnalyticsObject'] ?? 'ga')];
  const classic = page['_gaq'] as { push?: Send } | undefined;
  const layer = page['dataLayer'] as { push?: Send } | undefined;
  const fields = { ...(said && { label: said }), ...(stars !== undefined && { value: stars }), ...(data['ticket'] !== undefined && { ticket: data['ticket'] }) };
  const name = `livechatoo_${action.toLowerCase().replace(/ /g, '_')}`;
  if (sends(page['gtag'])) page['gtag']('event', name, fields);
  else if (sends(ga)) ga('send', 'event', 'Livechatoo', action, ...(said ? [said] : []), ...(stars !== undefined ? [stars] : []));
  else if (sends(classic?.push)) classic.push(['_trackEvent', 'Livechatoo', action, ...(said ? [said] : []), ...(stars !== undefined ? [stars] : [])]);
  else if (sends(layer?.push)) layer.push({ event: name, ...fields });
}
