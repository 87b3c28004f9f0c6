// The one table from what the server tells to what changes in the cache.
import type { AgentData, CannedData, ChangedData, ClosedData, ContactData, DepartmentData, InquiryData, MembershipData, MessageChangedData, MessageData, PermissionsData, PriorityNameData, RoomData, RoomGoneData, RoomMessageData, SettingData, TakenData, TriggersJudgedData } from '@foyer/shared/gen/events';
import { change, changeFrom, outdated, type Change } from '../lib/change';
import type { RoomEvent, Typing } from '../lib/frames';
import { keys } from '../lib/keys';
import type { Inbox, Inquiry, OwnRoom, Room, RoomDetail } from '../lib/wire';
import { withChange, withMessage, withNumber } from '../features/rooms/history';
import { withLastMessage, withRoom } from '../features/rooms/mine';
import { withInquiry, withoutRoom, withPreview } from '../features/routing/waiting';

/** Who is signed in and which room he has before his eyes. */
export interface Scene {
  me: string;
  reading: string | undefined;
}

/** What each push carries. */
export interface Pushes {
  'inquiry.added': InquiryData;
  'inquiry.changed': InquiryData;
  'inquiry.removed': RoomGoneData;
  'room.added': RoomData;
  'room.changed': RoomData;
  'room.removed': RoomGoneData;
  'room.rated': RoomGoneData;
  'identity.checked': RoomGoneData;
  'agent.changed': AgentData;
  'setting.changed': SettingData;
  'canned.changed': CannedData;
  'contact.changed': ContactData;
  'faces.changed': Record<string, never>;
  'permissions.changed': PermissionsData;
  'department.changed': DepartmentData;
  departmentAgentData: MembershipData;
  'omnichannel.priority-changed': PriorityNameData;
  'triggers.judged': TriggersJudgedData;
  'notices.changed': Record<string, never>;
  'offline.changed': Record<string, never>;
  'inboxes.changed': Record<string, never>;
  'visitors.moved': Record<string, never>;
  message: RoomMessageData;
}

/** What each numbered event of a joined room carries. */
export interface RoomEvents {
  message: MessageData;
  'message-changed': MessageChangedData;
  taken: TakenData;
  closed: ClosedData;
  changed: ChangedData;
}

type Place = Pick<RoomEvent, 'room' | 'seq'>;

export const pushes: { [N in keyof Pushes]: (data: Pushes[N], scene: Scene) => Change[] } = {
  'inquiry.added': ({ inquiry }) => [waiting((list) => withInquiry(list, inquiry))],
  'inquiry.changed': ({ inquiry }) => [waiting((list) => withInquiry(list, inquiry))],
  'inquiry.removed': ({ rid }) => [waiting((list) => withoutRoom(list, rid)), outdated(keys.room(rid))],
  'room.added': ({ room }, scene) => [...putRoom(room, scene), waiting((list) => withoutRoom(list, room._id)), outdated(keys.serving)],
  'room.changed': ({ room }, scene) => [...putRoom(room, scene), outdated(keys.serving)],
  'room.removed': ({ rid }) => [mine((list) => list.filter((room) => room._id !== rid)), outdated(keys.room(rid)), outdated(keys.serving)],
  'room.rated': ({ rid }) => [outdated(keys.room(rid))],
  'identity.checked': ({ rid }) => [outdated(keys.identity(rid))],
  'agent.changed': ({ agent }) => [
    change(keys.session, (old) => (old?.user._id === agent._id ? { ...old, user: { ...old.user, ...agent } } : old)),
    outdated(keys.people),
  ],
  'setting.changed': () => [outdated(keys.settings), outdated(['room'])],
  'faces.changed': () => [outdated(keys.faces)],
  'permissions.changed': () => [outdated(keys.session), outdated(keys.inbox), outdated(['room'])],
  'department.changed': () => [outdated(keys.departments)],
  'canned.changed': () => [outdated(keys.canned)],
  'contact.changed': () => [outdated(keys.contacts)],
  departmentAgentData: () => [outdated(keys.canned), outdated(keys.departments), outdated(keys.inbox)],
  'omnichannel.priority-changed': () => [outdated(keys.priorities)],
  'triggers.judged': ({ room }) => [outdated(keys.ledger(room))],
  'notices.changed': () => [outdated(keys.notices)],
  'offline.changed': () => [outdated(keys.offline)],
  'inboxes.changed': () => [outdated(['inboxes'])],
  'visitors.moved': () => [outdated(keys.onsite)],
  message: ({ message }, scene) => [
    mine((list) => withLastMessage(list, message, scene.reading === message.rid)),
    waiting((list) => withPreview(list, message)),
  ],
};

export const roomEvents: { [N in keyof RoomEvents]: (data: RoomEvents[N], at: Place, scene: Scene) => Change[] } = {
  message: ({ message }, { room, seq }, scene) => [
    change(keys.history(room), (old) => withMessage(old, message, seq)),
    mine((list) => withLastMessage(list, message, scene.reading === room)),
    waiting((list) => withPreview(list, message)),
    stopTyping(room, message.u._id),
  ],
  'message-changed': (data, { room, seq }) => [
    change(keys.history(room), (old) => withChange(old, data, seq)),
    mine((list) => list.map((row) => (row.lastMessage?._id === data.message._id && !data.removed ? { ...row, lastMessage: data.message } : row))),
  ],
  taken: ({ room }, at, scene) => roomMoved(room, at, scene),
  closed: ({ room }, at, scene) => [...roomMoved(room, at, scene), mine((list) => list.filter((row) => row._id !== at.room))],
  changed: ({ room }, at, scene) => roomMoved(room, at, scene),
};

/** What changes when somebody begins or stops typing. */
export function typed({ room, id, name, on }: Typing): Change[] {
  if (!on) return [stopTyping(room, id)];
  return [changeFrom(keys.typing(room), {}, (old) => ({ ...old, [id]: name }))];
}

/** A room that may not be followed is asked for again: its page then says why it is not ours any more. */
export function refused(room: string): Change[] {
  return [outdated(keys.room(room)), outdated(keys.inbox)];
}

/** What a push changes; a name we do not know changes nothing. */
export function onPush(name: string, data: unknown, scene: Scene): Change[] {
  if (!Object.hasOwn(pushes, name)) return [];
  const change = pushes[name as keyof Pushes] as (data: unknown, scene: Scene) => Change[];
  return change(data, scene);
}

/** What a room's numbered event changes; a name we do not know only moves the number on. */
export function onRoomEvent(event: RoomEvent, scene: Scene): Change[] {
  if (!Object.hasOwn(roomEvents, event.name)) return [change(keys.history(event.room), (old) => withNumber(old, event.seq))];
  const known = roomEvents[event.name as keyof RoomEvents] as (data: unknown, at: Place, scene: Scene) => Change[];
  return known(event.data, event, scene);
}

/** A room was taken, closed or changed: show it now, and ask the server what may be done with it. */
function roomMoved(room: Room | undefined, at: Place, scene: Scene): Change[] {
  return [
    change(keys.history(at.room), (old) => withNumber(old, at.seq)),
    ...(room ? putRoom(room, scene) : []),
    outdated(keys.room(at.room)),
    outdated(keys.why(at.room)),
  ];
}

function putRoom(room: Room, { me }: Scene): Change[] {
  return [mine((list) => withRoom(list, room, me)), change(keys.room(room._id), (old) => newer(old, room))];
}

function newer(old: RoomDetail, room: Room): RoomDetail {
  return room.seq < old.room.seq ? old : { ...old, room: { ...room, lastMessage: room.lastMessage ?? old.room.lastMessage, surveyFeedback: room.surveyFeedback ?? old.room.surveyFeedback } };
}

function stopTyping(room: string, id: string): Change {
  return change(keys.typing(room), ({ [id]: _gone, ...others }) => others);
}

function waiting(to: (list: Inquiry[]) => Inquiry[]): Change {
  return change(keys.inbox, (old: Inbox) => ({ ...old, waiting: to(old.waiting) }));
}

function mine(to: (list: OwnRoom[]) => OwnRoom[]): Change {
  return change(keys.inbox, (old: Inbox) => ({ ...old, mine: to(old.mine) }));
}
