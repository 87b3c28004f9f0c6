// Code generated from the server's types; DO NOT EDIT.

export interface AgentData {
  agent: User;
}

export interface AgentLimits {
  maxNumberSimultaneousChat: number;
}

export interface AgentMetrics {
  lr?: Instant;
}

export interface AgentStatusData {
  rid: RoomID;
  status: Presence;
}

export interface AgentView {
  _id?: UserID;
  username?: string;
  name?: string;
  emails?: UserEmail[];
  status?: Presence;
  hiddenInfo?: boolean;
  avatarETag?: string;
}

export interface AgentViewData {
  rid: RoomID;
  agent: AgentView;
}

export interface Attachment {
  ts?: Instant;
  title?: string;
  title_link?: string;
  title_link_download?: boolean;
  description?: string;
  type?: string;
  text?: string;
  color?: string;
  format?: string;
  size?: number;
  image_url?: string;
  image_type?: string;
  image_size?: number;
  image_dimensions?: Dimensions;
  image_preview?: string;
  audio_url?: string;
  audio_type?: string;
  audio_size?: number;
  video_url?: string;
  video_type?: string;
  video_size?: number;
}

export interface Automatic {
  trigger?: TriggerID;
  name?: string;
  agent?: string;
  claimed?: boolean;
}

export type Availability = "available" | "not-available";

export interface Block {
  /** header, section, context, image, divider, actions or input; of others the words are shown. */
  type: string;
  blockId?: string;
  /** Of a header or section: a string, or {type: plain_text or mrkdwn, text}. */
  text?: unknown;
  /** Of a section: texts in two columns. */
  fields?: unknown[];
  /** Of a section: a picture or a button beside it. */
  accessory?: BlockElement;
  /** Of actions: buttons. Of a context: texts and pictures. */
  elements?: BlockElement[];
  /** Of a picture: what stands above it. */
  title?: unknown;
  /** Of an input: what is asked for. */
  label?: unknown;
  /** Of an input: where it would be answered; its words are shown. */
  element?: BlockElement;
  /** Of an input: what helps to answer. */
  hint?: unknown;
  imageUrl?: string;
  altText?: string;
}

export interface BlockElement {
  /** button, image, plain_text or mrkdwn; of others, such as static_select, overflow or datepicker, the words are shown. */
  type: string;
  actionId?: string;
  text?: unknown;
  value?: string;
  /** Makes a button a link. */
  url?: string;
  /** What a choice, a date or a field asks for. */
  placeholder?: unknown;
  /** Of a choice or a menu. */
  options?: BlockOption[];
  /** Of a date. */
  initialDate?: string;
  imageUrl?: string;
  altText?: string;
}

export interface BlockOption {
  text: unknown;
  value?: string;
  description?: unknown;
}

export type CannedData = Record<string, never>

export interface ChangedData {
  room: Room;
}

export interface ClientFrame {
  t: string;
  v?: number;
  ticket?: string;
  session?: string;
  room?: string;
  after?: number;
  on?: boolean;
  seq?: number;
}

export interface Closed {
  t: string;
  code: number;
  reason: string;
}

export interface ClosedData {
  closer: Closer;
  closedBy?: UserRef;
  room?: Room;
}

export type Closer = "user" | "visitor";

export interface ContactData {
  contactId: ContactID;
}

export type ContactID = string;

export interface DefaultAgent {
  agentId: UserID;
  username: string;
}

export interface DepartmentData {
  _id: DepartmentID;
  removed: boolean;
}

export type DepartmentID = string;

export interface Dimensions {
  width: number;
  height: number;
}

export interface Drain {
  t: string;
  after: number;
}

export type FileID = string;

export interface FileRef {
  _id: FileID;
  name: string;
  type: string;
}

export type HourID = string;

export type InboxID = string;

export interface Inquiry {
  _id: InquiryID;
  rid: RoomID;
  name: string;
  ts: Instant;
  message: string;
  status: InquiryStatus;
  department?: DepartmentID;
  v: VisitorView;
  t: string;
  queuedAt?: Instant;
  takenAt?: Instant;
  defaultAgent?: DefaultAgent;
  source: Source;
  priorityWeight: number;
  estimatedWaitingTimeQueue: number;
  estimatedInactivityCloseTimeAt?: Instant;
  _updatedAt: Instant;
}

export interface InquiryData {
  inquiry: Inquiry;
}

export type InquiryID = string;

export type InquiryStatus = "ready" | "queued" | "taken";

/** Text in the format date-time. */
export type Instant = string;

export interface Joined {
  t: string;
  room: string;
  seq: number;
  more: boolean;
}

export interface MembershipData {
  action: "inserted" | "updated" | "removed";
  _id: string;
  departmentId: DepartmentID;
  agentId: UserID;
  username?: string;
  count: number;
  order: number;
  departmentEnabled: boolean;
  _updatedAt?: Instant;
}

export interface Message {
  _id: MessageID;
  rid: RoomID;
  msg: string;
  ts: Instant;
  t?: MessageType;
  u: Sender;
  token?: string;
  alias?: string;
  groupable?: boolean;
  editedAt?: Instant;
  editedBy?: UserRef;
  _hidden?: boolean;
  _updatedAt: Instant;
  seq: number;
  unread?: boolean;
  transcriptRequested?: boolean;
  transferData?: Record<string, unknown>;
  comment?: string;
  priorityData?: PriorityData;
  slaData?: SLAData;
  automatic?: Automatic;
  navigation?: Navigation;
  requestData?: RequestData;
  callStatus?: string;
  webRtcCallEndTs?: Instant;
  blocks?: Block[];
  location?: Point;
  email?: MessageEmail;
  file?: FileRef;
  files?: FileRef[];
  attachments?: Attachment[];
}

export interface MessageChangedData {
  message: Message;
  removed: boolean;
}

export interface MessageData {
  message: Message;
}

export interface MessageEmail {
  messageId: string;
  inbox: InboxID;
  from?: string;
  replyTo?: string;
  to?: string;
  subject?: string;
  references?: string[];
  quotes?: MessageID;
  quoteFrom?: string;
  quoteText?: string;
  state?: SendState;
  error?: string;
  notice?: string;
}

export type MessageID = string;

export type MessageType = string;

export interface Metrics {
  v?: VisitorMetrics;
  servedBy?: AgentMetrics;
  response?: ResponseMetrics;
  reaction?: ReactionMetrics;
  chatDuration?: number;
  serviceTimeDuration?: number;
  visitorInactivity?: number;
}

export interface Navigation {
  page: NavigationPage;
  token?: string;
}

export interface NavigationLocation {
  href: string;
}

export interface NavigationPage {
  change: string;
  title: string;
  location: NavigationLocation;
}

export interface PermissionsData {
  user?: UserID;
}

export interface Phone {
  phoneNumber: string;
}

export interface Point {
  type: string;
  coordinates: number[];
}

export type Presence = "online" | "away" | "busy" | "offline";

export interface PriorityData {
  definedBy: UserRef;
  priority?: PriorityRef;
}

export type PriorityID = string;

export interface PriorityNameData {
  id: PriorityID;
  clientAction: string;
  name?: string;
}

export interface PriorityRef {
  _id: PriorityID;
  name?: string;
  i18n: string;
}

export interface Push {
  t: string;
  name: string;
  data?: unknown;
}

export interface QueueData {
  rid: RoomID;
  spot: number;
  estimatedWaitTimeSeconds?: number;
  message: QueueMessage;
}

export interface QueueMessage {
  text: string;
  user: UserRef;
}

export interface ReactionMetrics {
  tt: number;
  ft: number;
  fd?: Instant;
}

export interface Read {
  t: string;
  room: string;
  seq: number;
  visitor?: boolean;
}

export interface RealtimeError {
  t: string;
  code: string;
  room?: string;
}

export interface RealtimeEvent {
  t: string;
  room: string;
  seq: number;
  name: string;
  data?: unknown;
}

export interface RequestData {
  type: string;
  visitor?: Sender;
  user?: UserRef;
}

export interface ResponseBy {
  _id: UserID;
  username: string;
  firstResponseTs: Instant;
  lastMessageTs: Instant;
}

export interface ResponseMetrics {
  total: number;
  tt: number;
  avg: number;
  ft: number;
  fd?: Instant;
}

export interface Room {
  _id: RoomID;
  t: string;
  fname: string;
  ts: Instant;
  lm: Instant;
  msgs: number;
  usersCount: number;
  open?: boolean;
  v: VisitorView;
  departmentId?: DepartmentID;
  departmentAncestors?: UnitID[];
  source: Source;
  sms?: RoomSMS;
  facebook?: RoomFacebook;
  email?: RoomEmail;
  queuedAt?: Instant;
  servedBy?: ServedBy;
  waitingResponse?: boolean;
  responseBy?: ResponseBy;
  livechatData?: Record<string, string>;
  tags?: string[];
  topic?: string;
  label?: string;
  priorityWeight: number;
  priorityId?: PriorityID;
  estimatedWaitingTimeQueue: number;
  slaId?: SLAID;
  onHold?: boolean;
  metrics?: Metrics;
  closedAt?: Instant;
  closer?: Closer;
  closedBy?: UserRef;
  lastMessage?: Message;
  omnichannel?: RoomPrediction;
  autoTransferredAt?: Instant;
  contactId?: ContactID;
  verifying?: boolean;
  verified?: boolean;
  customFields?: Record<string, unknown>;
  initiator?: string;
  surveyFeedback?: Record<string, string>;
  code: number;
  cl: boolean;
  _updatedAt: Instant;
  seq: number;
  transcriptRequest?: TranscriptRequest;
  pdfTranscriptRequested?: boolean;
  pdfTranscriptFileId?: FileID;
}

export interface RoomData {
  room: Room;
}

export interface RoomEmail {
  inbox: string;
  thread: string[];
  replyTo?: string;
  subject?: string;
}

export interface RoomFacebook {
  page: string;
}

export interface RoomGoneData {
  rid: RoomID;
}

export type RoomID = string;

export interface RoomMessageData {
  message: Message;
  servedBy?: UserID;
  visitor: VisitorID;
}

export interface RoomPrediction {
  predictedVisitorAbandonmentAt: Instant;
}

export interface RoomSMS {
  from: string;
}

export interface SLAData {
  definedBy: UserRef;
  sla?: SLARef;
}

export type SLAID = string;

export interface SLARef {
  _id: SLAID;
  name: string;
}

export type SendState = string;

export interface Sender {
  _id: string;
  username: string;
  name?: string;
}

export interface ServedBy {
  _id: UserID;
  username: string;
  ts: Instant;
}

export interface SettingData {
  _id: string;
}

export interface Source {
  type: string;
  id?: string;
  alias?: string;
  label?: string;
  sidebarIcon?: string;
  defaultIcon?: string;
  destination?: string;
}

export interface TakenData {
  agent: AgentView;
  room?: Room;
}

export interface TranscriptRequest {
  email: string;
  subject: string;
  requestedAt: Instant;
  requestedBy: UserRef;
}

export type TriggerID = string;

export interface TriggersJudgedData {
  room: RoomID;
}

export interface Typing {
  t: string;
  room: string;
  id: string;
  name?: string;
  visitor: boolean;
  on: boolean;
}

export type UnitID = string;

export interface User {
  _id: UserID;
  username: string;
  name?: string;
  emails?: UserEmail[];
  roles?: string[];
  type: string;
  active: boolean;
  status: Presence;
  statusConnection?: Presence;
  statusDefault?: Presence;
  statusText?: string;
  statusLivechat?: Availability;
  openBusinessHours?: HourID[];
  livechat?: AgentLimits;
  utcOffset: number;
  language?: string;
  createdAt: Instant;
  _updatedAt: Instant;
  settings?: UserSettings;
  avatarETag?: string;
}

export interface UserEmail {
  address: string;
  verified: boolean;
}

export type UserID = string;

export interface UserRef {
  _id: UserID;
  username: string;
  name?: string;
}

export interface UserSettings {
  preferences: Record<string, unknown>;
}

export interface VisitorChangedData {
  open: boolean;
  served: boolean;
  verifying?: boolean;
  visitor: VisitorView;
  departmentId?: DepartmentID;
}

export type VisitorID = string;

export interface VisitorMetrics {
  lq?: Instant;
}

export interface VisitorView {
  _id: VisitorID;
  username: string;
  token?: string;
  status?: Presence;
  name?: string;
  phone?: Phone[];
  activity?: string[];
  lastMessageTs?: Instant;
}

export interface Welcome {
  t: string;
  heartbeat: number;
}

export interface Events {
  ClientFrame: ClientFrame;
  WelcomeFrame: Welcome;
  JoinedFrame: Joined;
  EventFrame: RealtimeEvent;
  PushFrame: Push;
  TypingFrame: Typing;
  ReadFrame: Read;
  DrainFrame: Drain;
  ErrorFrame: RealtimeError;
  ClosedFrame: Closed;
  MessageData: MessageData;
  MessageChangedData: MessageChangedData;
  TakenData: TakenData;
  ClosedData: ClosedData;
  ChangedData: ChangedData;
  VisitorChangedData: VisitorChangedData;
  InquiryData: InquiryData;
  RoomGoneData: RoomGoneData;
  RoomData: RoomData;
  RoomMessageData: RoomMessageData;
  AgentData: AgentData;
  AgentStatusData: AgentStatusData;
  AgentViewData: AgentViewData;
  SettingData: SettingData;
  PermissionsData: PermissionsData;
  QueueData: QueueData;
  MembershipData: MembershipData;
  DepartmentData: DepartmentData;
  PriorityNameData: PriorityNameData;
  TriggersJudgedData: TriggersJudgedData;
  CannedData: CannedData;
  ContactData: ContactData;
}
