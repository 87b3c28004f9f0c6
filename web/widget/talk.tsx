/** What a conversation needs, loaded when one begins: the model of it, the socket and its view. */
import type { AppPorts } from './app';
import en from './i18n/en/talk.json';
import { openTalk, type TalkHandlers } from './model/talk';
import { newId } from './platform/id';
import { eventStream, webSocket } from './platform/lines';
import { openTalkRest } from './platform/talk-rest';
import { reconnecting } from './platform/socket';
import { dress } from './view/launcher';
import styles from './view/talk.css?inline';
import { learn } from './view/texts';

export { Below } from './view/below';
export { Ended } from './view/ended';
export { Log } from './view/log';
export { status } from './view/status';

dress(styles);
learn({ place: 2, en });

/** Makes conversations on the real platform. */
export function begin({ base, ask, clock, store }: AppPorts) {
  const { random } = Math;
  const ways = [webSocket, eventStream] as const;
  return (on: TalkHandlers) => openTalk({
    clock, store, random, id: newId, rest: openTalkRest(ask),
    connect: (session, handlers) => reconnecting({ clock, random, base, session, ways }, handlers),
  }, on);
}
