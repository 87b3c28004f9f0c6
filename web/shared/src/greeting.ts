/** The public greeting that the widget's frame and the page around it know each other by before the private channel. */
export const SOURCE = 'rocketchat';

/** What both sides speak (LT-SEC-5). A page that stayed open over an update, and a frame that is newer, have nothing to say to each other. */
export const VERSION = 1;

/** A greeting as it arrives: from anybody, of anything. */
export type Greeting = { readonly src?: unknown; readonly fn?: unknown; readonly v?: unknown } | null;

export const isGreeting = (greeting: Greeting, fn: 'ready' | 'connect') => greeting?.src === SOURCE && greeting.fn === fn && greeting.v === VERSION;
