// Code generated from the server's types; DO NOT EDIT.

/** A merged answer: the endpoint's fields and success. */
export type Success<T> = T & { success: true };

export interface Action {
  name: ActionName;
  params: ActionParams;
}

export interface ActionInput {
  name: ActionName;
  params: ActionParamsInput;
}

export interface ActionLinks {
  webrtc: Record<string, never>[];
  jitsi: Record<string, never>[];
}

export type ActionName = "send-message" | "use-external-service";

export interface ActionParams {
  sender?: "queue" | "custom";
  name?: string;
  msg?: string;
  serviceUrl?: string;
  /** Milliseconds; 0: 1000. */
  serviceTimeout?: number;
  serviceFallbackMessage?: string;
}

export interface ActionParamsInput {
  sender?: "queue" | "custom";
  name?: string;
  msg?: string;
  serviceUrl?: string;
  /** Milliseconds; 0: 1000. */
  serviceTimeout?: number;
  serviceFallbackMessage?: string;
}

export interface AgentLimits {
  maxNumberSimultaneousChat: number;
}

export interface AgentMetrics {
  lr?: Instant;
}

export interface AgentStates {
  offline: number;
  away: number;
  busy: number;
  available: number;
}

export interface AgentValue {
  name: string;
  value: string;
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

export interface AgentsMember {
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
  departments?: DepartmentID[];
  chats?: number;
  mostChats?: number;
}

export interface Association {
  visitorId: VisitorID;
  source: SourceRef;
}

export interface AssociationInput {
  visitorId: VisitorID;
  source: SourceRefInput;
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

export interface Attempt {
  attempt: number;
  at: Instant;
  /** Milliseconds. */
  duration: number;
  /** 0: no answer. */
  status: number;
  /** Why there is no answer. */
  error?: string;
  /** The beginning of the answer. */
  answer?: string;
}

export interface Automatic {
  trigger?: TriggerID;
  name?: string;
  agent?: string;
  claimed?: boolean;
}

export type Availability = "available" | "not-available";

export interface Behaviour {
  registrationForm: boolean;
  allowSwitchingDepartments: boolean;
  nameFieldRegistrationForm: boolean;
  emailFieldRegistrationForm: boolean;
  phoneFieldRegistrationForm: boolean;
  ratingEnabled: boolean;
  displayOfflineForm: boolean;
  videoCall: boolean;
  fileUpload: boolean;
  language: string;
  transcript: boolean;
  historyMonitorType: string;
  forceAcceptDataProcessingConsent: boolean;
  showConnecting: boolean;
  agentHiddenInfo: boolean;
  clearLocalStorageWhenChatEnded: boolean;
  limitTextLength: unknown;
  hiddenSystemMessages: string[];
  hideWatermark: boolean;
  visitorsCanCloseChat: boolean;
  livechatLogo?: Logo;
}

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

export interface BlockElementInput {
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
  options?: BlockOptionInput[];
  /** Of a date. */
  initialDate?: string;
  imageUrl?: string;
  altText?: string;
}

export interface BlockInput {
  /** header, section, context, image, divider, actions or input; of others the words are shown. */
  type: string;
  blockId?: string;
  /** Of a header or section: a string, or {type: plain_text or mrkdwn, text}. */
  text?: unknown;
  /** Of a section: texts in two columns. */
  fields?: unknown[];
  /** Of a section: a picture or a button beside it. */
  accessory?: BlockElementInput;
  /** Of actions: buttons. Of a context: texts and pictures. */
  elements?: BlockElementInput[];
  /** Of a picture: what stands above it. */
  title?: unknown;
  /** Of an input: what is asked for. */
  label?: unknown;
  /** Of an input: where it would be answered; its words are shown. */
  element?: BlockElementInput;
  /** Of an input: what helps to answer. */
  hint?: unknown;
  imageUrl?: string;
  altText?: string;
}

export interface BlockOption {
  text: unknown;
  value?: string;
  description?: unknown;
}

export interface BlockOptionInput {
  text: unknown;
  value?: string;
  description?: unknown;
}

export interface Call {
  /** False: nothing was noted, and nothing need be told again on this page. */
  watched: boolean;
  invitation?: Spoken;
}

export interface CannedCan {
  change: boolean;
  remove: boolean;
}

export type CannedID = string;

export interface CannedResponse {
  _id: CannedID;
  shortcut: string;
  text: string;
  scope: Scope;
  departmentId?: DepartmentID;
  tags: string[];
  userId?: UserID;
  createdBy: Creator;
  _createdAt: Instant;
  _updatedAt: Instant;
  can?: CannedCan;
}

export type Cause = string;

export interface Change {
  _id: string;
  at: Instant;
  statusLivechat: Availability;
  status: Presence;
  cause: Cause;
  by?: UserRef;
}

export interface Channel {
  name: string;
  visitorId: VisitorID;
  visitor: Association;
  verified: boolean;
  blocked: boolean;
  field?: string;
  value?: string;
  verifiedAt?: Instant;
  details: Source;
  lastChat?: ChatRef;
}

export interface Chart {
  chartLabel: string;
  dataLabels: string[];
  dataPoints: number[];
}

export interface ChatCan {
  take: boolean;
  join: boolean;
  write: boolean;
  return: boolean;
  close: boolean;
  forward: boolean;
  hold: boolean;
  resume: boolean;
}

export interface ChatRef {
  _id: RoomID;
  ts: Instant;
}

export interface ChatRoom {
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

export interface ChatTrigger {
  _id: TriggerID;
  no: number;
  name: string;
  description: string;
  enabled: boolean;
  runOnce: boolean;
  /** None: on every site. */
  site?: SiteID;
  conditions: Condition[];
  actions: Action[];
  _updatedAt: Instant;
}

export interface Check {
  _id: string;
  at: Instant;
  /** Username of the agent who asked again; absent: the page asked. */
  by?: string;
  /** Why it is not verified: status-404, timed-out and the like; absent: the site answered. */
  reason?: string;
  /** As the site says; absent: it does not say. */
  loggedIn?: boolean;
  /** The answer's fields, name, email and url first. */
  fields: IntegrationsField[];
  /** An answer in plain text. */
  text?: string;
}

export type Closer = "user" | "visitor";

export type Code = string;

export interface Condition {
  name: ConditionName;
  /** Text or number, as the condition needs. */
  value?: unknown;
}

export interface ConditionInput {
  name: ConditionName;
  /** Text or number, as the condition needs. */
  value?: unknown;
}

export type ConditionName = "page-url" | "time-on-site" | "chat-opened-by-visitor" | "after-guest-registration";

export interface Config {
  enabled: boolean;
  online: boolean;
  site?: SiteID;
  watched?: boolean;
  settings: Behaviour;
  theme: Theme;
  messages: Messages;
  survey: Survey;
  departments: WidgetDepartment[];
  triggers: WidgetTrigger[];
  customFields: WidgetField[];
  resources: Resources;
  guest?: Guest;
  room?: WidgetRoom;
  agent?: AgentView;
  queueInfo: QueueInfo | null;
}

export interface Conflict {
  field: string;
  value: string;
}

export interface Consent {
  text: string;
  at: Instant;
}

export interface Considered {
  agent: UserRef;
  out?: Out;
  has?: number;
  limit?: number;
  bot?: boolean;
  load: number;
  local: number;
  count: number;
  order: number;
  routed?: Instant;
}

export interface ConsoleSession {
  user: User;
  permissions: string[];
  version: string;
}

export type ContactID = string;

export interface ContactManager {
  username: string;
}

export interface ContactView {
  _id: ContactID;
  name: string;
  emails: (string | {
    address: string;
  })[];
  phones: (string | {
    phoneNumber: string;
  })[];
  contactManager?: UserID | {
    _id: UserID;
    name: string;
    username: string;
  };
  unknown: boolean;
  customFields?: Record<string, string>;
  channels: Channel[];
  conflictingFields: Conflict[];
  lastChat?: ChatRef;
  createdAt: Instant;
  _updatedAt: Instant;
}

export interface Content {
  msg: string;
  order: number;
}

export interface Creator {
  _id: UserID;
  username: string;
}

export interface CustomField {
  _id: FieldID;
  label: string;
  scope: FieldScope;
  visibility: string;
  regexp: string;
  searchable: boolean;
  type: string;
  required: boolean;
  defaultValue: string;
  options: string;
  public: boolean;
  _updatedAt: Instant;
}

export type DecisionID = string;

export interface DefaultAgent {
  agentId: UserID;
  username: string;
}

export interface Delivery {
  _id: string;
  destination: string;
  destinationName: string;
  kind: WebhooksKind;
  type: string;
  rid: RoomID;
  state: WebhooksState;
  attempts: number;
  status: number;
  error?: string;
  createdAt: Instant;
  dueAt?: Instant;
  doneAt?: Instant;
}

export type DepartmentID = string;

export interface DepartmentRef {
  _id: DepartmentID;
  name: string;
}

export interface DepartmentView {
  _id: DepartmentID;
  name: string;
  description?: string;
  email?: string;
  enabled: boolean;
  archived?: boolean;
  showOnRegistration: boolean;
  showOnOfflineForm: boolean;
  offlineMessageChannelName?: string;
  requestTagBeforeClosingChat?: boolean;
  chatClosingTags?: string[];
  fallbackForwardDepartment?: DepartmentID;
  departmentsAllowedToForward?: DepartmentID[];
  allowReceiveForwardOffline: boolean;
  maxNumberSimultaneousChat?: number;
  visitorInactivityTimeoutInSeconds?: number;
  abandonedRoomsCloseCustomMessage?: string;
  waitingQueueMessage?: string;
  businessHourId?: HourID;
  parentId?: UnitID | null;
  ancestors?: UnitID[] | null;
  numAgents: number;
  _updatedAt: Instant;
  type: string;
}

export interface DepartmentsChoice {
  _id: DepartmentID;
  name: string;
}

export interface DepartmentsLink {
  agentId: UserID;
  /** Round-robin counter; the smallest is next. */
  count?: number;
  /** Rank among equal counters. */
  order?: number;
}

export interface DepartmentsMember {
  _id: string;
  departmentId: DepartmentID;
  agentId: UserID;
  username: string;
  count: number;
  order: number;
  departmentEnabled: boolean;
  _updatedAt: Instant;
}

export interface Destination {
  _id: string;
  name: string;
  url: string;
  events: WebhooksKind[];
  enabled: boolean;
  managed: boolean;
  hasToken: boolean;
  oldSecretUntil?: Instant;
  failures: number;
  resting: boolean;
  createdAt?: Instant;
  _updatedAt?: Instant;
}

export interface Dimensions {
  width: number;
  height: number;
}

export interface Draft {
  enabled: boolean;
  name: string;
  description?: string;
  showOnRegistration: boolean;
  /** An address, or several with commas. */
  email: string;
  showOnOfflineForm: boolean;
  offlineMessageChannelName?: string;
  requestTagBeforeClosingChat?: boolean;
  /** Another spelling of requestTagBeforeClosingChat. */
  requestTagsBeforeClosingChat?: boolean;
  chatClosingTags?: string[];
  fallbackForwardDepartment?: DepartmentID;
  /** None: all. */
  departmentsAllowedToForward?: DepartmentID[];
  allowReceiveForwardOffline?: boolean;
  /** Of an agent; 0 or less: not set. */
  maxNumberSimultaneousChat?: number;
  /** 0 or less: not set. */
  visitorInactivityTimeoutInSeconds?: number;
  abandonedRoomsCloseCustomMessage?: string;
  waitingQueueMessage?: string;
}

export interface Email {
  address: string;
}

export interface Entry {
  _id: string;
  kind: string;
  to: string;
  subject: string;
  state: MailState;
  attempts: number;
  /** Why the last attempt failed. */
  error?: Code;
  /** What the server answered last; 0: nothing. */
  status: number;
  /** The beginning of that answer. */
  answer?: string;
  createdAt: Instant;
  dueAt?: Instant;
  doneAt?: Instant;
}

export interface Explained {
  _id: DecisionID;
  at: Instant;
  kind?: RoutingKind;
  method?: string;
  department?: Place;
  path?: Place[];
  agent?: UserRef;
  wish?: UserRef;
  by?: UserRef;
  rule?: Rule;
  tie?: Tie;
  among?: number;
  error?: string;
  reason: string;
  candidates: Considered[];
  rules?: Rules;
  answer?: RoutingAnswer;
}

export interface Face {
  _id: UserID;
  tag: string;
}

export interface Fact {
  at: Instant;
  is: FactKind;
  address?: string;
  yes?: boolean;
}

export interface FactInput {
  at: Instant;
  is: FactKind;
  address?: string;
  yes?: boolean;
}

export type FactKind = "page" | "opened" | "registered" | "known" | "online" | "chatting";

export type FieldID = string;

export type FieldScope = string;

export interface FieldWrite {
  key: FieldID;
  value: string;
  overwrite: boolean;
}

export interface FieldWriteInput {
  key: FieldID;
  value: string;
  overwrite: boolean;
}

export type FileID = string;

export interface FileRef {
  _id: FileID;
  name: string;
  type: string;
}

export interface Grant {
  _id: Permission;
  roles: string[];
}

export interface Group {
  _id: RoomID;
  t: string;
  name: string;
  fname: string;
  u?: UserRef;
  msgs: number;
  usersCount: number;
  ts: Instant;
  lm?: Instant;
  ro: boolean;
  sysMes: boolean;
  default: boolean;
  customFields?: Record<string, unknown>;
  _updatedAt: Instant;
}

export interface Guest {
  _id: VisitorID;
  username: string;
  name?: string;
  token?: string;
  visitorEmails?: Email[];
  department?: DepartmentID;
}

export interface Heading {
  name: string;
}

export type HourID = string;

export type InboxID = string;

export type InboxesState = string;

export interface InboxesStatus {
  state: InboxesState;
  /** Why the last attempt failed, or it is switched off. */
  error?: Code;
  /** The beginning of what the server said. */
  answer?: string;
  /** One after the other. */
  failures: number;
  retryAt?: Instant;
  /** Mails that stay in the mailbox until they can become chats. */
  held: number;
  /** Why. */
  heldFor?: string;
}

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

export type InquiryID = string;

export type InquiryStatus = "ready" | "queued" | "taken";

/** Text in the format date-time. */
export type Instant = string;

export interface IntegrationsField {
  name: string;
  value: string;
}

export interface Invitation {
  _id: string;
  text: string;
  by: UserRef;
  at: Instant;
}

export interface Ledger {
  visits: Visit[];
  /** Of the triggers in it; one that is gone has none. */
  names: Record<string, string>;
}

export interface Listed {
  _id: string;
  ts: Instant;
  name: string;
  email: string;
  phone?: string;
  message: string;
  departmentId?: DepartmentID;
  department?: string;
  host?: string;
  channel?: string;
  agent?: UserRef;
  rid?: RoomID;
  state: OfflineState;
  handledBy?: UserRef;
  handledAt?: Instant;
  departmentName?: string;
}

export interface LivechatooDepartment {
  _id: DepartmentID;
  no: number;
  name: string;
  welcome?: string;
  online: boolean;
}

export type LivechatooKind = "department" | "operator";

export interface LivechatooPage {
  account: SiteID;
  departments: LivechatooDepartment[];
  operators: Operator[];
  departmentSupport: boolean;
  manualAssignment: boolean;
  urlContact: string;
  urlFaq: string;
  urlPrivacy: string;
  requests: Requests;
  rating: boolean;
  googleAnalytics: boolean;
  domains: string[];
}

export type LivechatooRequest = "off" | "optional" | "required";

export interface Logo {
  url: string;
}

export interface Look {
  _id: string;
  value: unknown;
}

export type MailState = string;

export interface Membership {
  _id: string;
  agentId: UserID;
  username: string;
  departmentId: DepartmentID;
  departmentName: string;
  departmentEnabled: boolean;
  count: number;
  order: number;
  _updatedAt: Instant;
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

export interface Messages {
  offlineMessage: string;
  offlineSuccessMessage: string;
  offlineUnavailableMessage: string;
  conversationFinishedMessage: string;
  conversationFinishedText: string;
  transcriptMessage: string;
  registrationFormMessage: string;
  dataProcessingConsentText: string;
}

export interface MessengerPage {
  pageId: string;
  name: string;
  /** A mask, or empty when the one of the settings is used. */
  accessToken: string;
  departmentId?: DepartmentID;
  welcomeMessage: string;
  finishedMessage: string;
  offlineMessage: string;
  subscribed: boolean;
}

export interface Metrics {
  v?: VisitorMetrics;
  servedBy?: AgentMetrics;
  response?: ResponseMetrics;
  reaction?: ReactionMetrics;
  chatDuration?: number;
  serviceTimeDuration?: number;
  visitorInactivity?: number;
}

export interface Monitor {
  _id: UserID;
  username: string;
  name?: string;
  status: Presence;
  statusLivechat?: Availability;
  emails?: UserEmail[];
  livechat?: {
    maxNumberSimultaneousChat?: number;
  };
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

export interface Note {
  name?: string;
  department?: string;
  targets: string[];
  at?: Instant;
}

export interface Notice {
  rid: RoomID;
  /** The visitor's. */
  name: string;
  /** None: it could not be made. */
  fileId?: FileID;
  ts: Instant;
}

export interface Offer {
  /** None: the page itself spoke. */
  trigger?: TriggerID;
  /** What was shown; the text of a trigger's own message is the server's. */
  msg?: string;
  /** In whose name. */
  name?: string;
  /** The agent's username, where it is an agent's name. */
  user?: string;
}

export type OfflineState = string;

export type OnsiteStatus = "browsing" | "offered" | "waiting" | "chatting";

export interface OpenRoom {
  _id: RoomID;
  t: string;
  cl: boolean;
  servedBy?: ServedBy;
}

export interface Operator {
  _id: UserID;
  no: number;
  username: string;
  name: string;
  departments: number[];
  welcome?: string;
  online: boolean;
}

export type Out = "inactive" | "switched-off" | "offline" | "idle" | "hours" | "bot" | "not-member" | "ignored" | "full" | "delayed" | "returned" | "not-chosen";

export interface Own {
  _id: string;
  type: SettingType;
  /** The general one. */
  value: unknown;
  section: string;
  doc: string;
  values?: string[];
}

export interface PageMessage {
  _id: string;
  rid: RoomID;
  t: MessageType;
  ts: Instant;
  msg: string;
  u: UserRef;
  groupable: boolean;
  navigation: {
    page: {
      change: string;
      title: string;
      location: {
        href: string;
      };
    };
    token?: string;
  };
  _updatedAt: Instant;
}

export interface Pair {
  key: string;
  value: string;
}

export interface Past {
  _id: RoomID;
  fname: string;
  source: Source;
  ts: Instant;
  closedAt?: Instant;
  closedBy?: UserRef;
  closer?: Closer;
  servedBy?: ServedBy;
  msgs: number;
  tags?: string[];
  verified?: boolean;
}

export type Permission = string;

export interface Phone {
  phoneNumber: string;
}

export interface Place {
  _id: DepartmentID;
  name: string;
}

export interface Point {
  type: string;
  coordinates: number[];
}

export interface Policy {
  _id: SLAID;
  name: string;
  description: string;
  dueTimeInMinutes: number;
  _updatedAt: Instant;
}

export type Presence = "online" | "away" | "busy" | "offline";

export interface Priority {
  _id: PriorityID;
  i18n: string;
  name?: string;
  sortItem: number;
  dirty: boolean;
  _updatedAt: Instant;
}

export interface PriorityData {
  definedBy: UserRef;
  priority?: PriorityRef;
}

export type PriorityID = string;

export interface PriorityRef {
  _id: PriorityID;
  name?: string;
  i18n: string;
}

export interface QueueInfo {
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

export interface Report {
  total: number;
  data: Slice[];
  unspecified?: number;
}

export interface RequestData {
  type: string;
  visitor?: Sender;
  user?: UserRef;
}

export interface Requests {
  name: LivechatooRequest;
  email: LivechatooRequest;
  phone: LivechatooRequest;
}

export interface Resources {
  sound: string;
  emojis: Record<string, never>[];
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

export interface RoomEmail {
  inbox: string;
  thread: string[];
  replyTo?: string;
  subject?: string;
}

export interface RoomFacebook {
  page: string;
}

export type RoomID = string;

export interface RoomPrediction {
  predictedVisitorAbandonmentAt: Instant;
}

export interface RoomSMS {
  from: string;
}

export interface RoomsFound {
  room: ChatRoom;
  message: Message;
}

export interface RoutingAnswer {
  username: string;
  agent?: UserID;
}

export interface RoutingConfig {
  previewRoom: boolean;
  showConnecting: boolean;
  showQueue: boolean;
  showQueueLink: boolean;
  returnQueue: boolean;
  enableTriggerAction: boolean;
  autoAssignAgent: boolean;
}

export type RoutingKind = "open" | "queue" | "forward" | "unanswered" | "left" | "take" | "assign" | "return" | "close";

export interface Row {
  kind: string;
  _id: string;
  name: string;
  at: Instant;
  until?: Instant;
  departmentId?: DepartmentID;
  agent?: string;
  value: number;
}

export type Rule = "requested" | "offered" | "contact-manager" | "last-agent" | "last-closed" | "default-agent" | "wished" | "bot" | "method" | "manual" | "queue" | "moved" | "full" | "delayed" | "nobody" | "silent" | "offline" | "refused" | "taken" | "assigned" | "returned" | "not-resumed" | "department-gone" | "closed";

export interface Rules {
  method: string;
  waitingQueue?: boolean;
  acceptAnyway?: boolean;
  bots?: boolean;
  contactManager?: boolean;
  lastAgent?: boolean;
  afterBot?: boolean;
  limit?: number;
  delay?: number;
  depth?: number;
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

export interface Said {
  /** None: the name of the action, or of the site. */
  sender?: AgentView;
  contents?: Content[];
}

export interface Saved {
  department: DepartmentView;
  agents: DepartmentsMember[];
  /** department-name-in-use, department-unit-unchanged. */
  warnings?: string[];
}

export type Scope = string;

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

export interface ServiceTime {
  startedAt: Instant;
  stoppedAt: Instant;
}

export interface Session {
  _id: SessionID;
  createdAt: Instant;
  lastUsedAt: Instant;
  expiresAt: Instant;
  ip: string;
  userAgent: string;
  current: boolean;
}

export type SessionID = string;

export type SettingType = "boolean" | "int" | "string" | "color" | "select" | "multiSelect" | "asset";

export interface SettingsChoice {
  key: string;
  i18nLabel: string;
}

export interface SettingsRecord {
  _id: string;
  type: SettingType;
  value: unknown;
  packageValue: unknown;
  group: string;
  section: string;
  i18nLabel: string;
  i18nDescription: string;
  public: boolean;
  hidden: boolean;
  blocked: boolean;
  secret: boolean;
  enterprise: boolean;
  values?: SettingsChoice[];
  min?: number;
  max?: number;
  sorter: number;
}

export interface Sighting {
  _id: string;
  site: SiteID;
  siteName: string;
  name?: string;
  email?: string;
  phone?: string;
  href: string;
  title: string;
  /** Where he came to the site from. */
  referrer?: string;
  /** As it names itself. */
  browser?: string;
  /** The target pages he has reached. */
  targets: string[];
  pages: number;
  visits: number;
  since: Instant;
  seenAt: Instant;
  status: OnsiteStatus;
  invitation?: Invitation;
  /** His open chat, for who serves it or sees every chat. */
  room?: RoomID;
  visitorId?: VisitorID;
}

export interface Site {
  _id: SiteID;
  name: string;
  hosts: string[];
  businessHour?: HourID;
  departments: DepartmentID[];
  /** Its own values by setting; what is not here is as the general settings say. */
  settings: Record<string, unknown>;
  createdAt: Instant;
}

export type SiteID = string;

export interface Slice {
  label: string;
  value: number;
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

export interface SourceRef {
  type: string;
  id?: string;
}

export interface SourceRefInput {
  type: string;
  id?: string;
}

export interface Spoken {
  _id: string;
  text: string;
  agent: AgentView;
}

export interface Standing {
  statusLivechat: Availability;
  status: Presence;
  since?: Change;
  hours: boolean;
  inside: boolean;
  changesAt?: Instant;
}

export interface Standings {
  open: number;
  closed: number;
  queued: number;
  onhold: number;
}

export interface Subscription {
  _id: SubscriptionID;
  rid: RoomID;
  t: string;
  u: UserRef;
  v?: VisitorView;
  name: string;
  fname: string;
  ts: Instant;
  ls?: Instant;
  open: boolean;
  alert: boolean;
  unread: number;
  userMentions: number;
  groupMentions: number;
  department?: DepartmentID;
  onHold?: boolean;
  _updatedAt: Instant;
}

export type SubscriptionID = string;

export interface Survey {
  items: string[];
  values: string[];
}

export interface SurveysAnswer {
  name: string;
  value: string;
}

export interface Tag {
  _id: TagID;
  name: string;
  description?: string;
  numDepartments: number;
  departments: DepartmentID[];
  _updatedAt: Instant;
}

export type TagID = string;

export interface Theme {
  title: string;
  color: string;
  offlineTitle: string;
  offlineColor: string;
  position: string;
  background: string;
  actionLinks: ActionLinks;
}

export type Tie = "only" | "count" | "order" | "load" | "routed" | "username" | "returned";

export interface Timing {
  avg: number;
  longest: number;
}

export interface Timings {
  response: Timing;
  reaction: Timing;
  chatDuration: Timing;
}

export interface Total {
  title: string;
  value: unknown;
}

export interface TranscriptRequest {
  email: string;
  subject: string;
  requestedAt: Instant;
  requestedBy: UserRef;
}

export interface Tried {
  ok: boolean;
  /** It is in the list instead of sent. */
  kept: boolean;
  /** Why it did not go. */
  error?: Code;
  /** What the server answered; 0: nothing. */
  status: number;
  /** The beginning of that answer. */
  answer?: string;
  /** Milliseconds. */
  duration: number;
}

export interface TriggerEntry {
  trigger: TriggerID;
  at: Instant;
  reason: TriggerReason;
}

export interface TriggerEntryInput {
  trigger: TriggerID;
  at: Instant;
  reason: TriggerReason;
}

export type TriggerID = string;

export type TriggerReason = "fired" | "disabled" | "nobody-online" | "chatting" | "known" | "fired-before" | "fired-here" | "other-page" | "pattern-invalid" | "pattern-slow" | "too-early" | "not-opened" | "not-registered" | "no-conditions" | "no-agent" | "service-failed";

export interface Unit {
  _id: UnitID;
  name: string;
  visibility: Visibility;
  type: string;
  numMonitors: number;
  numDepartments: number;
  _updatedAt: Instant;
}

export type UnitID = string;

export interface UnitsLink {
  _id: string;
  monitorId: UserID;
  unitId: UnitID;
  username: string;
  _updatedAt: Instant;
}

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

export interface View {
  _id: HourID;
  name: string;
  active: boolean;
  type: "default" | "custom";
  timezone: {
    name: string;
    utc: string;
  };
  workHours: {
    day: "Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday";
    code: number;
    open: boolean;
    start: {
      time: string;
      utc: {
        dayOfWeek: string;
        time: string;
      };
      cron: {
        dayOfWeek: string;
        time: string;
      };
    };
    finish: {
      time: string;
      utc: {
        dayOfWeek: string;
        time: string;
      };
      cron: {
        dayOfWeek: string;
        time: string;
      };
    };
  }[];
  departments?: DepartmentRef[];
  departmentsToApplyBusinessHour: string;
  ts: Instant;
  _updatedAt: Instant;
  open: boolean;
  changesAt?: Instant;
}

export type Visibility = string;

export interface Visit {
  _id: string;
  site: SiteID;
  facts: Fact[];
  ledger: TriggerEntry[];
  beganAt: Instant;
  _updatedAt: Instant;
}

export interface Visitor {
  _id: VisitorID;
  username: string;
  token?: string;
  name?: string;
  ts: Instant;
  department?: DepartmentID;
  phone?: Phone[];
  visitorEmails?: Email[];
  status?: Presence;
  lastChat?: ChatRef;
  livechatData?: Record<string, string>;
  activity?: string[];
  contactId?: ContactID;
  userAgent?: string;
  ip?: string;
  host?: string;
  _updatedAt: Instant;
  contactManager?: ContactManager;
  consent?: Consent;
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

export interface VisitorsChoice {
  _id: VisitorID;
  username: string;
  name?: string;
  custom_name: string;
}

export interface VisitorsFound {
  _id: VisitorID;
  username: string;
  name?: string;
  visitorEmails?: Email[];
  phone?: Phone[];
  lastChat?: ChatRef;
}

export type WebhooksKind = "start" | "queued" | "taken" | "forwarded" | "closed" | "edited" | "visitor-message" | "agent-message" | "captured" | "navigation" | "offline";

export type WebhooksState = "pending" | "sent" | "dead" | "dropped";

export interface WidgetDepartment {
  _id: DepartmentID;
  name: string;
  showOnRegistration: boolean;
  showOnOfflineForm: boolean;
  departmentsAllowedToForward?: DepartmentID[];
}

export interface WidgetField {
  _id: FieldID;
  label: string;
  regexp: string;
  required: boolean;
  type: string;
  defaultValue: string;
  options: string[];
}

export interface WidgetRoom {
  _id: RoomID;
  open: boolean;
  seq: number;
  departmentId?: DepartmentID;
  code?: number;
  initiator?: string;
  verifying?: boolean;
  servedBy?: ServedBy;
}

export interface WidgetTrigger {
  _id: TriggerID;
  no?: number;
  name?: string;
  runOnce: boolean;
  met?: boolean;
  conditions: Condition[];
  actions: Action[];
}

export interface Endpoints {
  /** The version that runs. */
  "GET /api/info": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      version: string;
      info: {
        version: string;
      };
    }>;
  };
  /** Set a picture of the server: livechat_widget_logo, on the launcher. */
  "POST /api/v1/assets.setAsset": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: unknown;
    response: { success: true };
  };
  /** Take it away. */
  "POST /api/v1/assets.unsetAsset": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      assetName: string;
    };
    response: { success: true };
  };
  /** Remove a canned response. */
  "DELETE /api/v1/canned-responses": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: CannedID;
    };
    response: { success: true };
  };
  /** List the canned responses one may see. */
  "GET /api/v1/canned-responses": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Field names with 1 (only these) or 0 (all but these), as a JSON object; a dot leads into an object. */
      fields?: unknown;
      /** Exactly. */
      shortcut?: string;
      /** Part of shortcut or text. */
      text?: string;
      scope?: string;
      /** Has one of them. */
      tags?: string[];
      departmentId?: DepartmentID;
      createdBy?: UserID;
    };
    body: undefined;
    response: Success<{
      cannedResponses: CannedResponse[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a canned response, or change the one of the id. */
  "POST /api/v1/canned-responses": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: CannedID;
      shortcut: string;
      text: string;
      scope: "global" | "department" | "user";
      /** With the scope department. */
      departmentId?: DepartmentID;
      tags?: string[];
    };
    response: { success: true };
  };
  /** The canned responses one may use: public ones, one's own, those of one's departments. */
  "GET /api/v1/canned-responses.get": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      responses: CannedResponse[];
    }>;
  };
  /** Remove a canned response. */
  "DELETE /api/v1/canned-responses/{_id}": {
    path: {
      _id: CannedID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One canned response. */
  "GET /api/v1/canned-responses/{_id}": {
    path: {
      _id: CannedID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      cannedResponse: CannedResponse;
    }>;
  };
  /** A room the caller may see, open or closed, or a group he is in. */
  "GET /api/v1/channels.info": {
    path: Record<string, never>;
    query: {
      roomId?: RoomID;
      /** Of a group, instead of its id. */
      roomName?: string;
    };
    body: undefined;
    response: Success<{
      channel: ChatRoom | Group;
    }>;
  };
  /** Messages of one room that contain a text, the latest first. */
  "GET /api/v1/chat.search": {
    path: Record<string, never>;
    query: {
      roomId: RoomID;
      searchText: string;
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
    }>;
  };
  /** Send a message as a user; a repeat of its _id is harmless. */
  "POST /api/v1/chat.sendMessage": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      message?: {
        rid?: RoomID;
        _id?: MessageID;
        msg?: string;
        /** What stands beside the text: words, pictures, links, and buttons with what the visitor may say. */
        blocks?: BlockInput[];
      };
    };
    response: Success<{
      message: Message;
    }>;
  };
  /** Make an e-mail inbox, or change the one with the id. */
  "POST /api/v1/email-inbox": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: InboxID;
      active: boolean;
      name: string;
      email: string;
      description?: string;
      senderInfo?: string;
      /** Where its chats go; All: none. */
      department?: DepartmentID;
      smtp: {
        server: string;
        port: number;
        username: string;
        /** The mask that is answered for one leaves it as it is. */
        password: string;
        /** Encrypted from the first byte; else by STARTTLS. */
        secure: boolean;
      };
      imap: {
        server: string;
        port: number;
        username: string;
        /** The mask that is answered for one leaves it as it is. */
        password: string;
        /** Encrypted from the first byte; else by STARTTLS. */
        secure: boolean;
        /** After so many failures one after the other the inbox is switched off; -1: never. */
        maxRetries?: number;
      };
    };
    response: Success<{
      _id: InboxID;
    }>;
  };
  /** List e-mail inboxes. */
  "GET /api/v1/email-inbox.list": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Field names with 1 (only these) or 0 (all but these), as a JSON object; a dot leads into an object. */
      fields?: unknown;
      /** A JSON object of fields and the values they must have. */
      query?: Record<string, unknown>;
    };
    body: undefined;
    response: Success<{
      emailInboxes: {
        _id: InboxID;
        active: boolean;
        name: string;
        email: string;
        description?: string;
        senderInfo?: string;
        department?: DepartmentID;
        smtp: {
          server: string;
          port: number;
          username: string;
          /** A mask, or empty when none is set. */
          password: string;
          secure: boolean;
        };
        imap: {
          server: string;
          port: number;
          username: string;
          /** A mask, or empty when none is set. */
          password: string;
          secure: boolean;
          maxRetries: number;
        };
        _createdAt: Instant;
        _createdBy: {
          _id: UserID;
          username: string;
        };
        _updatedAt: Instant;
        /** How watching it goes. */
        status: InboxesStatus;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The e-mail inbox of an address; null: there is none. */
  "GET /api/v1/email-inbox.search": {
    path: Record<string, never>;
    query: {
      email: string;
    };
    body: undefined;
    response: Success<{
      emailInbox: {
        _id: InboxID;
        active: boolean;
        name: string;
        email: string;
        description?: string;
        senderInfo?: string;
        department?: DepartmentID;
        smtp: {
          server: string;
          port: number;
          username: string;
          /** A mask, or empty when none is set. */
          password: string;
          secure: boolean;
        };
        imap: {
          server: string;
          port: number;
          username: string;
          /** A mask, or empty when none is set. */
          password: string;
          secure: boolean;
          maxRetries: number;
        };
        _createdAt: Instant;
        _createdBy: {
          _id: UserID;
          username: string;
        };
        _updatedAt: Instant;
        /** How watching it goes. */
        status: InboxesStatus;
      } | null;
    }>;
  };
  /** Send a test mail from the inbox to the caller's own verified address. */
  "POST /api/v1/email-inbox.send-test/{_id}": {
    path: {
      _id: InboxID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Remove an e-mail inbox; its chats stay. */
  "DELETE /api/v1/email-inbox/{_id}": {
    path: {
      _id: InboxID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      _id: InboxID;
    }>;
  };
  /** One e-mail inbox. */
  "GET /api/v1/email-inbox/{_id}": {
    path: {
      _id: InboxID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      _id: InboxID;
      active: boolean;
      name: string;
      email: string;
      description?: string;
      senderInfo?: string;
      department?: DepartmentID;
      smtp: {
        server: string;
        port: number;
        username: string;
        /** A mask, or empty when none is set. */
        password: string;
        secure: boolean;
      };
      imap: {
        server: string;
        port: number;
        username: string;
        /** A mask, or empty when none is set. */
        password: string;
        secure: boolean;
        maxRetries: number;
      };
      _createdAt: Instant;
      _createdBy: {
        _id: UserID;
        username: string;
      };
      _updatedAt: Instant;
      /** How watching it goes. */
      status: InboxesStatus;
    }>;
  };
  /** An agent's availability over time, each change with its cause; of oneself, or of all with the right to manage agents. */
  "GET /api/v1/foyer/agents/{id}/changes": {
    path: {
      id: UserID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      changes: Change[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Whether an agent takes chats now, since when and why. */
  "GET /api/v1/foyer/agents/{id}/standing": {
    path: {
      id: UserID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Standing>;
  };
  /** Whether windows that are not saved yet would be open now, and until when. */
  "POST /api/v1/foyer/business-hours/preview": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      timezoneName: string;
      active?: boolean;
      workHours: {
        day: "Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday";
        /** HH:mm */
        start: string;
        /** HH:mm */
        finish: string;
        open: boolean;
      }[];
    };
    response: Success<{
      open: boolean;
      changesAt?: Instant;
    }>;
  };
  /** Which users have a picture. */
  "GET /api/v1/foyer/console/faces": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      faces: Face[];
    }>;
  };
  /** Sign in; the session is a cookie. */
  "POST /api/v1/foyer/console/login": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Username or e-mail address; also {username} or {email}. */
      user?: unknown;
      /** Instead of user. */
      username?: string;
      /** Instead of user. */
      email?: string;
      /** The password, or {digest, algorithm: sha-256}. */
      password?: unknown;
      /** A token instead of a password. */
      resume?: string;
    };
    response: Success<ConsoleSession>;
  };
  /** End the session and forget its cookie. */
  "POST /api/v1/foyer/console/logout": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<Record<string, never>>;
  };
  /** Who is signed in and what he may do. */
  "GET /api/v1/foyer/console/session": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<ConsoleSession>;
  };
  /** The caller's sign-ins. */
  "GET /api/v1/foyer/console/sessions": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      sessions: Session[];
    }>;
  };
  /** End one of the caller's sign-ins. */
  "DELETE /api/v1/foyer/console/sessions/{id}": {
    path: {
      id: SessionID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Whether a set-up link still works. */
  "GET /api/v1/foyer/console/setup": {
    path: Record<string, never>;
    query: {
      ticket: string;
    };
    body: undefined;
    response: Success<{
      grantAgents: Permission[];
    }>;
  };
  /** Make the first administrator with a set-up link. */
  "POST /api/v1/foyer/console/setup": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      ticket: string;
      username: string;
      name?: string;
      email?: string;
      password: unknown;
      grantAgents?: boolean;
    };
    response: Success<ConsoleSession>;
  };
  /** Remove a contact with all its visitors and their conversations. */
  "POST /api/v1/foyer/contacts.erase": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      contactId: ContactID;
    };
    response: { success: true };
  };
  /** Make a contact part of another one; what they disagree about becomes a conflict. */
  "POST /api/v1/foyer/contacts.merge": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** The one that stays. */
      contactId: ContactID;
      /** The one that becomes part of it. */
      from: ContactID;
    };
    response: Success<{
      contact: ContactView | null;
    }>;
  };
  /** Say that nothing is known of who writes on a channel; what was merged stays. */
  "POST /api/v1/foyer/contacts.unverify": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: AssociationInput;
    };
    response: Success<{
      contact: ContactView | null;
    }>;
  };
  /** Say that whoever writes on a channel has an address or number; contacts verified by the same become one. */
  "POST /api/v1/foyer/contacts.verify": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: AssociationInput;
      field: "email" | "phone";
      value: string;
    };
    response: Success<{
      contact: ContactView | null;
    }>;
  };
  /** Send a file of a chat that began with a mail to who wrote it. */
  "POST /api/v1/foyer/email-inbox.send-file": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      messageId: MessageID;
    };
    response: { success: true };
  };
  /** Give the external frame a new key, shown this once. */
  "POST /api/v1/foyer/external-frame/key": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      key: string;
    }>;
  };
  /** How Messenger is set up here, and its pages. */
  "GET /api/v1/foyer/facebook": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      enabled: boolean;
      /** Without the app's secret nothing is taken. */
      hasSecret: boolean;
      /** The address to enter at Facebook. */
      callback: string;
      /** The verify token to enter at Facebook. */
      verifyToken: string;
      pages: MessengerPage[];
    }>;
  };
  /** Enter a page, or change the one with the id; Facebook is told whether to tell of it. */
  "POST /api/v1/foyer/facebook/pages": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Refuse a page that is entered already, instead of changing it. */
      new?: boolean;
      pageId: string;
      name: string;
      /** The mask that is answered for one leaves it as it is; empty: that of the settings. */
      accessToken?: string;
      /** Where its chats go; empty: none. */
      departmentId?: DepartmentID;
      /** Sent when a chat begins; empty: nothing. */
      welcomeMessage?: string;
      /** Sent when a chat ends; empty: nothing. */
      finishedMessage?: string;
      /** Sent when nobody is there, once an hour; empty: nothing. */
      offlineMessage?: string;
      /** Whether Facebook tells of the page. */
      subscribed?: boolean;
    };
    response: { success: true };
  };
  /** Forget a page; its chats stay. */
  "DELETE /api/v1/foyer/facebook/pages/{pageId}": {
    path: {
      pageId: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** What waits and what is the caller's own, in one call. */
  "GET /api/v1/foyer/inbox": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      waiting: Inquiry[];
      mine: {
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
        unread: number;
      }[];
    }>;
  };
  /** Every department and operator with its number and welcome. */
  "GET /api/v1/foyer/livechatoo": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      departments: LivechatooDepartment[];
      operators: Operator[];
    }>;
  };
  /** Set how a department or operator welcomes. */
  "POST /api/v1/foyer/livechatoo.welcome": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      kind: LivechatooKind;
      id: string;
      /** Empty: none. */
      text: string;
    };
    response: { success: true };
  };
  /** Mails without their content, the newest first, and how many there are in each state. */
  "GET /api/v1/foyer/mail": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      state?: MailState;
    };
    body: undefined;
    response: Success<{
      mails: Entry[];
      /** How many mails are in each state. */
      states: Record<string, number>;
      /** A server and a sender are set. */
      configured: boolean;
      /** Mails are kept to look at instead of sent. */
      keeps: boolean;
      from?: string;
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Send a mail now that waits after a failure or was given up. */
  "POST /api/v1/foyer/mail.retry": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: string;
    };
    response: { success: true };
  };
  /** Send a test mail now and say what the server answered. */
  "POST /api/v1/foyer/mail.test": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      to: string;
    };
    response: Success<Tried>;
  };
  /** A mail that was kept instead of sent. */
  "GET /api/v1/foyer/mail/{id}": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      mail: {
        from: string;
        to: string;
        replyTo?: string;
        subject: string;
        text: string;
        html: string;
        files: string[];
      };
    }>;
  };
  /** The page on which one unsubscribes. */
  "GET /api/v1/foyer/mailer/unsubscribe": {
    path: Record<string, never>;
    query: {
      token: string;
    };
    body: undefined;
    response: Blob;
  };
  /** Unsubscribe by a mail's link. */
  "POST /api/v1/foyer/mailer/unsubscribe": {
    path: Record<string, never>;
    query: {
      token: string;
    };
    body: undefined;
    response: Blob;
  };
  /** Forget an offline message. */
  "POST /api/v1/foyer/offline.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: string;
    };
    response: { success: true };
  };
  /** Say that an offline message is new, read or handled. */
  "POST /api/v1/foyer/offline.mark": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: string;
      state: OfflineState;
    };
    response: { success: true };
  };
  /** The offline messages one may see, the newest first. */
  "GET /api/v1/foyer/offline.messages": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      state?: OfflineState;
      department?: DepartmentID;
      /** Part of name, address or text. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      messages: Listed[];
      /** How many of all one may see are new. */
      new: number;
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Who is on the sites now: those who reached a target first, then who came last. */
  "GET /api/v1/foyer/onsite": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name, address, page or title. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      visitors: Sighting[];
      mayInvite: boolean;
      /** There may be more whom the caller does not see. */
      partial: boolean;
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Say something to a visitor; the first answer opens the chat. */
  "POST /api/v1/foyer/onsite.invite": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: string;
      text: string;
    };
    response: { success: true };
  };
  /** What triggers did on the visits of somebody on a site since he came, and why. */
  "GET /api/v1/foyer/onsite.ledger": {
    path: Record<string, never>;
    query: {
      _id: string;
    };
    body: undefined;
    response: Success<Ledger>;
  };
  /** Take an invitation back that has no answer. */
  "POST /api/v1/foyer/onsite.withdraw": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: string;
    };
    response: { success: true };
  };
  /** Put such a notice away. */
  "POST /api/v1/foyer/pdf.noticed": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
    };
    response: { success: true };
  };
  /** What became of the PDFs one asked for. */
  "GET /api/v1/foyer/pdf.notices": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      notices: Notice[];
    }>;
  };
  /** A one-time ticket for the session's socket. */
  "POST /api/v1/foyer/realtime/ticket": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      ticket: string;
      expiresAt: Instant;
    }>;
  };
  /** A room, its visitor and agent, what the caller may do and why it went where it is. */
  "GET /api/v1/foyer/rooms/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      room: ChatRoom;
      visitor: Visitor;
      agent?: AgentView;
      can: ChatCan;
      reason?: string;
      department?: {
        _id: DepartmentID;
        name: string;
        requestTagBeforeClosingChat: boolean;
        departmentsAllowedToForward?: DepartmentID[];
      };
      /** None while there is one site. */
      siteName?: string;
    }>;
  };
  /** The address of the external frame beside a room, for the caller alone; its token lasts an hour. */
  "POST /api/v1/foyer/rooms/{rid}/frame": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      url: string;
    }>;
  };
  /** What was said in a room after or before a number. */
  "GET /api/v1/foyer/rooms/{rid}/history": {
    path: {
      rid: RoomID;
    };
    query: {
      /** Only messages with smaller numbers. */
      before?: number;
      /** Only messages with greater numbers, the first ones of them. */
      after?: number;
      /** At most 100. */
      count?: number;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
      seq: number;
      more: boolean;
    }>;
  };
  /** What the site said about a room's visitor, the latest first. */
  "GET /api/v1/foyer/rooms/{rid}/identity": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      checks: Check[];
      mayVerify: boolean;
    }>;
  };
  /** Ask the site again who the visitor is. */
  "POST /api/v1/foyer/rooms/{rid}/identity": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      check: Check;
    }>;
  };
  /** What the page told about a room's visitor. */
  "GET /api/v1/foyer/rooms/{rid}/livechatoo": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      note: Note;
    }>;
  };
  /** Messages that hold words, in all chats one may see, the latest first. */
  "GET /api/v1/foyer/search": {
    path: Record<string, never>;
    query: {
      /** Words, without regard to case and accents; the last one may be the beginning of a longer one. */
      text: string;
      departmentId?: DepartmentID;
      offset?: number;
      count?: number;
    };
    body: undefined;
    response: Success<{
      found: RoomsFound[];
      more: boolean;
    }>;
  };
  /** The websites that are served, each with what it has of its own, and the settings it may have of its own. */
  "GET /api/v1/foyer/sites": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      sites: Site[];
      settings: Own[];
    }>;
  };
  /** Make a site, or change one; its own settings stay. */
  "POST /api/v1/foyer/sites": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Small letters, digits and hyphens; pages name the site by it. */
      _id: SiteID;
      name: string;
      /** Pages of these hosts are of the site; *. stands for all below. */
      hosts?: string[];
      /** Outside of it nobody is there for the site. */
      businessHour?: HourID;
      /** A department belongs to one site; of the default one: all that no other has. */
      departments?: DepartmentID[];
    };
    response: { success: true };
  };
  /** Remove a site that nobody has come to. */
  "DELETE /api/v1/foyer/sites/{site}": {
    path: {
      site: SiteID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Let the general value of a setting count for a site again. */
  "DELETE /api/v1/foyer/sites/{site}/settings/{setting}": {
    path: {
      site: SiteID;
      setting: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Give a site its own value of a setting. */
  "POST /api/v1/foyer/sites/{site}/settings/{setting}": {
    path: {
      site: SiteID;
      setting: string;
    };
    query: Record<string, never>;
    body: {
      /** Of the setting's type. */
      value: unknown;
    };
    response: { success: true };
  };
  /** What triggers did on the latest visits of a room's visitor, and why. */
  "GET /api/v1/foyer/triggers.ledger": {
    path: Record<string, never>;
    query: {
      rid: RoomID;
    };
    body: undefined;
    response: Success<Ledger>;
  };
  /** The visits of a period, to try changed triggers on. */
  "GET /api/v1/foyer/triggers.visits": {
    path: Record<string, never>;
    query: {
      from: Instant;
      to: Instant;
      site?: SiteID;
      offset?: number;
      count?: number;
    };
    body: undefined;
    response: Success<{
      visits: Visit[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Choose the agent a visitor goes to first. */
  "POST /api/v1/foyer/visitors/{_id}/manager": {
    path: {
      _id: VisitorID;
    };
    query: Record<string, never>;
    body: {
      /** Of an agent; empty: nobody. */
      username: string;
    };
    response: Success<{
      visitor: Visitor;
    }>;
  };
  /** Who is told of chats, the CRM of the settings first, and how many deliveries wait or were given up. */
  "GET /api/v1/foyer/webhooks": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      webhooks: Destination[];
      kinds: WebhooksKind[];
      pending: number;
      dead: number;
    }>;
  };
  /** Make a webhook, or change one; without a token the stored one stays. */
  "POST /api/v1/foyer/webhooks": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: string;
      name: string;
      url: string;
      /** Sent as X-RocketChat-Livechat-Token; empty takes it away. */
      token?: string;
      events?: WebhooksKind[];
      /** Default: yes. */
      enabled?: boolean;
    };
    response: Success<{
      webhook: Destination;
    }>;
  };
  /** Deliveries, the newest first. */
  "GET /api/v1/foyer/webhooks.deliveries": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      webhook?: string;
      kind?: WebhooksKind;
      /** pending, sent, dead or dropped. */
      state?: WebhooksState;
      rid?: RoomID;
      /** Part of a body or an answer. */
      text?: string;
      from?: Instant;
      to?: Instant;
    };
    body: undefined;
    response: Success<{
      deliveries: Delivery[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** A delivery with its body and every attempt. */
  "GET /api/v1/foyer/webhooks.deliveries/{id}": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      delivery: Delivery;
      body: string;
      log: Attempt[];
    }>;
  };
  /** Send finished deliveries again under their own ids: those named, or all of a filter; at most 10,000. */
  "POST /api/v1/foyer/webhooks.replay": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      ids?: string[];
      webhook?: string;
      kind?: WebhooksKind;
      /** sent, dead or dropped. */
      state?: WebhooksState;
      rid?: RoomID;
      from?: Instant;
      to?: Instant;
    };
    response: Success<{
      replayed: number;
    }>;
  };
  /** Remove a webhook with what waits for it and its log. */
  "DELETE /api/v1/foyer/webhooks/{id}": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Give a webhook a new signing secret; for a day both sign. */
  "POST /api/v1/foyer/webhooks/{id}/rotate": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      secret: string;
    }>;
  };
  /** The secret a webhook's requests are signed with. */
  "GET /api/v1/foyer/webhooks/{id}/secret": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      secret: string;
    }>;
  };
  /** Send a sample once and say how it went. */
  "POST /api/v1/foyer/webhooks/{id}/test": {
    path: {
      id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      attempt: Attempt;
      ok: boolean;
    }>;
  };
  /** Close the guest's room. */
  "POST /api/v1/foyer/widget/close": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
    };
    response: { success: true };
  };
  /** The configuration for our own widget. */
  "GET /api/v1/foyer/widget/config": {
    path: Record<string, never>;
    query: {
      /** The account of the page; none: the host tells. */
      site?: SiteID;
      /** Of the page. */
      host?: string;
      department?: DepartmentID;
      businessUnit?: UnitID;
    };
    body: undefined;
    response: Success<{
      config: Config;
    }>;
  };
  /** Store several values of our own widget's visitor: all or none. */
  "POST /api/v1/foyer/widget/custom.fields": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      customFields: FieldWriteInput[];
    };
    response: { success: true };
  };
  /** Forward the guest's room to another department. */
  "POST /api/v1/foyer/widget/department": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      department: DepartmentID;
    };
    response: { success: true };
  };
  /** A link that opens a file of the guest's chat for ten minutes. */
  "GET /api/v1/foyer/widget/files/{fileId}": {
    path: {
      fileId: FileID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      url: string;
    }>;
  };
  /** Remove the guest and his conversations. */
  "POST /api/v1/foyer/widget/forget": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** A code with which the guest goes on at another of the site's domains, for a minute and once. */
  "POST /api/v1/foyer/widget/handover": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Host of the page. */
      from: string;
      /** Host of the page to come. */
      to: string;
    };
    response: Success<{
      code: string;
    }>;
  };
  /** Go on with what came along from another domain. */
  "POST /api/v1/foyer/widget/handover.take": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      code: string;
      /** Host of the page that the visitor comes from, as the browser tells. */
      from: string;
      /** Host of the page. */
      to: string;
    };
    response: Success<{
      session: string;
    }>;
  };
  /** A browser's sign of life while its page is looked at; the answer says what an agent has to say. */
  "POST /api/v1/foyer/widget/here": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** The browser's own name for its page load. */
      page: string;
      /** The account of the page; none: the host tells. */
      site?: SiteID;
      /** Of the page. */
      host?: string;
      href: string;
      title?: string;
      referrer?: string;
      /** As the page tells, like the next three. */
      name?: string;
      /** That only agents see. */
      staffName?: string;
      email?: string;
      phone?: string;
      /** The target pages reached. */
      targets?: string[];
      /** What triggers did on this page load, and why; of those that there are no more nothing is noted. */
      ledger?: TriggerEntryInput[];
      /** This is another page than before. */
      moved?: boolean;
      /** A trigger or the page has spoken and waits. */
      offered?: boolean;
      /** The visitor has agreed to what is done with his data. */
      consents?: boolean;
      /** The page is being left. */
      left?: boolean;
    };
    response: Success<Call>;
  };
  /** What was said in the guest's room after or before a number. */
  "GET /api/v1/foyer/widget/history": {
    path: Record<string, never>;
    query: {
      rid: RoomID;
      /** Only messages with smaller numbers. */
      before?: number;
      /** Only messages with greater numbers, the first ones of them. */
      after?: number;
      /** At most 100. */
      count?: number;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
      agent?: AgentView;
      room: ChatRoom;
      seq: number;
      more: boolean;
    }>;
  };
  /** What the page says about the guest of a room; the site is asked about it, the guest never hears the answer. */
  "POST /api/v1/foyer/widget/identity": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      custom: string;
    };
    response: { success: true };
  };
  /** Departments and operators with their numbers, who is there, addresses and requests, for a page. */
  "GET /api/v1/foyer/widget/livechatoo": {
    path: Record<string, never>;
    query: {
      /** The account of the page; none: the host tells. */
      site?: SiteID;
      /** Of the page. */
      host?: string;
    };
    body: undefined;
    response: Success<LivechatooPage>;
  };
  /** What the page tells agents about the guest. */
  "POST /api/v1/foyer/widget/livechatoo": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name?: string;
      department?: string;
      targets?: string[];
    };
    response: { success: true };
  };
  /** Send a message as guest; a repeat of its _id is harmless. */
  "POST /api/v1/foyer/widget/message": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      _id: MessageID;
      msg: string;
    };
    response: Success<{
      message: Message;
    }>;
  };
  /** Leave a message with our own widget; it is stored even if nobody is told. */
  "POST /api/v1/foyer/widget/offline": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name: string;
      email: string;
      message: string;
      /** Id or name. */
      department?: string;
      /** The page it is written on. */
      host?: string;
      phone?: string;
      /** Whom the visitor chose. */
      agentId?: UserID;
      /** What the answer to an earlier message said. */
      claim?: string;
    };
    response: Success<{
      message: string;
      /** With it the visitor's browser goes on in a chat. */
      claim: string;
    }>;
  };
  /** Say in the guest's open chat what was left before. */
  "POST /api/v1/foyer/widget/offline.resume": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      claim: string;
    };
    response: { success: true };
  };
  /** Store a page that the guest saw. */
  "POST /api/v1/foyer/widget/page": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid?: RoomID;
      change: string;
      title: string;
      location: {
        href: string;
      };
    };
    response: { success: true };
  };
  /** The guest's open room; opens one when there is none. */
  "POST /api/v1/foyer/widget/room": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Whom the page wants for a new room. */
      agentId?: UserID;
      /** The visitor was spoken to in the name of this agent: if he is not there, another will do. */
      shown?: boolean;
      /** How a new room came about. */
      initiator?: "client" | "trigger" | "api";
      /** What was said to the visitor before he answered. */
      offers?: Offer[];
      /** The browser's own name for its page load: an invitation that an agent has open there becomes the room's beginning. */
      page?: string;
    };
    response: Success<{
      room: ChatRoom;
      newRoom: boolean;
    }>;
  };
  /** Rate the guest's conversation. */
  "POST /api/v1/foyer/widget/survey": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      data: SurveysAnswer[];
    };
    response: Success<{
      rid: RoomID;
      data: Record<string, string>;
    }>;
  };
  /** Mail a transcript of the guest's chat to the guest's own address. */
  "POST /api/v1/foyer/widget/transcript": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      /** One of the guest's own addresses; else the first is used. */
      email?: string;
    };
    response: Success<{
      message: string;
    }>;
  };
  /** Who says what when a trigger fires in our own widget. */
  "POST /api/v1/foyer/widget/trigger": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      trigger: TriggerID;
      visit: string;
      site?: SiteID;
      department?: DepartmentID;
      extraData?: Pair[];
    };
    response: Success<Said>;
  };
  /** Send a file as guest; a repeat of its _id is harmless. */
  "POST /api/v1/foyer/widget/upload": {
    path: Record<string, never>;
    query: {
      rid: RoomID;
    };
    body: unknown;
    response: Success<{
      message: Message;
    }>;
  };
  /** What happened on the guest's page load and what triggers made of it; all of it each time. */
  "POST /api/v1/foyer/widget/visit": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visit: string;
      facts: FactInput[];
      ledger: TriggerEntryInput[];
    };
    response: { success: true };
  };
  /** Register with our own widget; with a session, change its visitor. */
  "POST /api/v1/foyer/widget/visitor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** What the page knows its visitor by; it proves who he is. */
      token?: string;
      site?: SiteID;
      name?: string;
      email?: string;
      phone?: string;
      department?: string;
      /** What is no field to fill is left out. */
      customFields?: FieldWriteInput[];
      /** The words about the use of personal data that the visitor accepted; kept with the time. */
      consent?: string;
    };
    response: Success<{
      /** The secret of this browser, to be sent as X-Foyer-Session. */
      session: string;
      visitor: Visitor;
    }>;
  };
  /** Make a private group, to which offline messages can be sent. */
  "POST /api/v1/groups.create": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Letters, digits, dots, underscores and dashes. */
      name?: string;
      /** Usernames; those of nobody are left out. */
      members?: string[];
      /** The caller is no member. */
      excludeSelf?: boolean;
      readOnly?: boolean;
      customFields?: Record<string, unknown>;
    };
    response: Success<{
      group: Group;
    }>;
  };
  /** Remove a private group; what visitors left is kept for those who see all of it. */
  "POST /api/v1/groups.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId?: RoomID;
      roomName?: string;
    };
    response: { success: true };
  };
  /** The version that runs. */
  "GET /api/v1/info": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      version: string;
      info: {
        version: string;
      };
    }>;
  };
  /** What clients of the compatible system ask their licence: nothing is limited. */
  "GET /api/v1/licenses.info": {
    path: Record<string, never>;
    query: {
      /** Also how much of each limit is used. */
      loadValues?: boolean;
    };
    body: undefined;
    response: Success<{
      license: {
        activeModules: string[];
        preventedActions: Record<string, boolean>;
        limits: {
          monthlyActiveContacts: {
            value?: number;
            max: number;
          };
          activeUsers: {
            value?: number;
            max: number;
          };
          guestUsers: {
            value?: number;
            max: number;
          };
          roomsPerGuest: {
            value?: number;
            max: number;
          };
          privateApps: {
            value?: number;
            max: number;
          };
          marketplaceApps: {
            value?: number;
            max: number;
          };
        };
        tags: Record<string, never>[];
        trial: boolean;
      };
    }>;
  };
  /** Who serves a visitor's room. */
  "GET /api/v1/livechat/agent.info/{rid}/{token}": {
    path: {
      rid: RoomID;
      token: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      agent?: AgentView;
    }>;
  };
  /** Who serves the visitor, or would. */
  "GET /api/v1/livechat/agent.next/{token}": {
    path: {
      token: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      agent?: AgentView;
    }>;
  };
  /** Turn an agent's switch; without a status it flips. */
  "POST /api/v1/livechat/agent.status": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      agentId?: UserID;
      status?: Availability;
    };
    response: Success<{
      status: Availability;
    }>;
  };
  /** Settle an agent's limit and departments. */
  "POST /api/v1/livechat/agents.saveInfo": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      agentId: UserID;
      agentData: {
        /** The agent's own limit of chats at the same time; 0, less or empty: none. */
        maxNumberSimultaneousChat?: number;
      };
      /** All of the agent's departments. */
      agentDepartments: DepartmentID[];
    };
    response: { success: true };
  };
  /** The departments of an agent. */
  "GET /api/v1/livechat/agents/{agentId}/departments": {
    path: {
      agentId: UserID;
    };
    query: {
      enabledDepartmentsOnly?: boolean;
    };
    body: undefined;
    response: Success<{
      departments: Membership[];
    }>;
  };
  /** One figure of each agent. */
  "GET /api/v1/livechat/analytics/agent-overview": {
    path: Record<string, never>;
    query: {
      name: string;
      /** The first day, YYYY-MM-DD, in the reporting zone. */
      from: string;
      /** The last day. */
      to: string;
      departmentId?: DepartmentID;
      /** Whom a conversation counts for: who served it last, or everybody who really answered, each with his own part. */
      attribution?: "last" | "actual";
    };
    body: undefined;
    response: Success<{
      head?: Heading[];
      data?: AgentValue[];
    }>;
  };
  /** What a figure of agent-overview was made from. */
  "GET /api/v1/livechat/analytics/agent-overview/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long agents were available, day by day. */
  "GET /api/v1/livechat/analytics/agents/available-for-service-history": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      /** With every session. */
      fullReport?: boolean;
    };
    body: undefined;
    response: Success<{
      agents: {
        username: string;
        availableTimeInSeconds: number;
        serviceHistory?: ServiceTime[];
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of agents/available-for-service-history was made from. */
  "GET /api/v1/livechat/analytics/agents/available-for-service-history/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long agents serve a conversation on average. */
  "GET /api/v1/livechat/analytics/agents/average-service-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
    };
    body: undefined;
    response: Success<{
      agents: {
        _id: UserID;
        username: string;
        averageServiceTimeInSeconds: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of agents/average-service-time was made from. */
  "GET /api/v1/livechat/analytics/agents/average-service-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long agents served all in all. */
  "GET /api/v1/livechat/analytics/agents/total-service-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
    };
    body: undefined;
    response: Success<{
      agents: {
        _id: UserID;
        username: string;
        chats: number;
        serviceTimeDuration: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of agents/total-service-time was made from. */
  "GET /api/v1/livechat/analytics/agents/total-service-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The busiest hour, and how long agents are available and serve. */
  "GET /api/v1/livechat/analytics/dashboards/agents-productivity-totalizers": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
      /** What weighs alike in means over departments: every department, or every conversation. */
      weighting?: "departments" | "rooms";
    };
    body: undefined;
    response: Success<{
      totalizers: Total[];
    }>;
  };
  /** What a figure of dashboards/agents-productivity-totalizers was made from. */
  "GET /api/v1/livechat/analytics/dashboards/agents-productivity-totalizers/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** One figure day by day, or hour by hour of one day. */
  "GET /api/v1/livechat/analytics/dashboards/charts-data": {
    path: Record<string, never>;
    query: {
      chartName: string;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<Chart>;
  };
  /** What a figure of dashboards/charts-data was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts-data/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Agents by how they stand now. */
  "GET /api/v1/livechat/analytics/dashboards/charts/agents-status": {
    path: Record<string, never>;
    query: {
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<AgentStates>;
  };
  /** What a figure of dashboards/charts/agents-status was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts/agents-status/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by how they stand. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<Standings>;
  };
  /** Each agent's conversations, by username. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Record<string, unknown>;
  };
  /** What a figure of dashboards/charts/chats-per-agent was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Each department's conversations, by name. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-department": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Record<string, unknown>;
  };
  /** What a figure of dashboards/charts/chats-per-department was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-department/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of dashboards/charts/chats was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts/chats/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Mean and longest times. */
  "GET /api/v1/livechat/analytics/dashboards/charts/timings": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<Timings>;
  };
  /** What a figure of dashboards/charts/timings was made from. */
  "GET /api/v1/livechat/analytics/dashboards/charts/timings/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Abandoned chats, and how long chats take. */
  "GET /api/v1/livechat/analytics/dashboards/chats-totalizers": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
      /** What weighs alike in means over departments: every department, or every conversation. */
      weighting?: "departments" | "rooms";
    };
    body: undefined;
    response: Success<{
      totalizers: Total[];
    }>;
  };
  /** What a figure of dashboards/chats-totalizers was made from. */
  "GET /api/v1/livechat/analytics/dashboards/chats-totalizers/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How many conversations, messages and visitors; exactly five figures, unless who is on the sites is asked for. */
  "GET /api/v1/livechat/analytics/dashboards/conversation-totalizers": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
      /** Also how many visitors are on the sites now. */
      online?: boolean;
    };
    body: undefined;
    response: Success<{
      totalizers: Total[];
    }>;
  };
  /** What a figure of dashboards/conversation-totalizers was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversation-totalizers/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by who serves or served them, or by who answered: then one counts for each of them. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-agent": {
    path: Record<string, never>;
    query: {
      start: string;
      /** Not included. */
      end: string;
      /** By label or value, as a JSON object. */
      sort?: unknown;
      /** Whom a conversation counts for: who served it last, or everybody who really answered. */
      attribution?: "last" | "actual";
    };
    body: undefined;
    response: Success<Report>;
  };
  /** What a figure of dashboards/conversations-by-agent was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-agent/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by department. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-department": {
    path: Record<string, never>;
    query: {
      start: string;
      /** Not included. */
      end: string;
      /** By label or value, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<Report>;
  };
  /** What a figure of dashboards/conversations-by-department was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-department/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by where they came from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-source": {
    path: Record<string, never>;
    query: {
      start: string;
      /** Not included. */
      end: string;
      /** By label or value, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<Report>;
  };
  /** What a figure of dashboards/conversations-by-source was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-source/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by how they stand. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-status": {
    path: Record<string, never>;
    query: {
      start: string;
      /** Not included. */
      end: string;
      /** By label or value, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<Report>;
  };
  /** What a figure of dashboards/conversations-by-status was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-status/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Conversations by tag; one with two tags counts twice. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-tags": {
    path: Record<string, never>;
    query: {
      start: string;
      /** Not included. */
      end: string;
      /** By label or value, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<Report>;
  };
  /** What a figure of dashboards/conversations-by-tags was made from. */
  "GET /api/v1/livechat/analytics/dashboards/conversations-by-tags/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Response, reaction and waiting times, and how long chats were in the queue before their first agent. */
  "GET /api/v1/livechat/analytics/dashboards/productivity-totalizers": {
    path: Record<string, never>;
    query: {
      /** A date and time; a date alone is midnight UTC. */
      start: string;
      end: string;
      departmentId?: DepartmentID;
      /** What weighs alike in means over departments: every department, or every conversation. */
      weighting?: "departments" | "rooms";
    };
    body: undefined;
    response: Success<{
      totalizers: Total[];
    }>;
  };
  /** What a figure of dashboards/productivity-totalizers was made from. */
  "GET /api/v1/livechat/analytics/dashboards/productivity-totalizers/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How many conversations departments have. */
  "GET /api/v1/livechat/analytics/departments/amount-of-chats": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
      /** Only those whose visitor waits for no answer, or only the others. */
      answered?: boolean;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        rooms: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/amount-of-chats was made from. */
  "GET /api/v1/livechat/analytics/departments/amount-of-chats/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long conversations of departments last. */
  "GET /api/v1/livechat/analytics/departments/average-chat-duration-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        averageChatDurationTimeInSeconds: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/average-chat-duration-time was made from. */
  "GET /api/v1/livechat/analytics/departments/average-chat-duration-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long departments serve a conversation on average. */
  "GET /api/v1/livechat/analytics/departments/average-service-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        averageServiceTimeInSeconds: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/average-service-time was made from. */
  "GET /api/v1/livechat/analytics/departments/average-service-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long visitors wait for the first answer. */
  "GET /api/v1/livechat/analytics/departments/average-waiting-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        averageWaitingTimeInSeconds: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/average-waiting-time was made from. */
  "GET /api/v1/livechat/analytics/departments/average-waiting-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How many of a hundred conversations visitors abandoned. */
  "GET /api/v1/livechat/analytics/departments/percentage-abandoned-chats": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        percentageOfAbandonedChats: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/percentage-abandoned-chats was made from. */
  "GET /api/v1/livechat/analytics/departments/percentage-abandoned-chats/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How many conversations visitors abandoned. */
  "GET /api/v1/livechat/analytics/departments/total-abandoned-chats": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        abandonedRooms: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/total-abandoned-chats was made from. */
  "GET /api/v1/livechat/analytics/departments/total-abandoned-chats/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How long departments served all in all. */
  "GET /api/v1/livechat/analytics/departments/total-service-time": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        chats: number;
        serviceTimeDuration: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/total-service-time was made from. */
  "GET /api/v1/livechat/analytics/departments/total-service-time/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** How often conversations were moved. */
  "GET /api/v1/livechat/analytics/departments/total-transferred-chats": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: {
        _id: DepartmentID | null;
        numberOfTransferredRooms: number;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** What a figure of departments/total-transferred-chats was made from. */
  "GET /api/v1/livechat/analytics/departments/total-transferred-chats/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Totals of whole days, as an array of titles and values. */
  "GET /api/v1/livechat/analytics/overview": {
    path: Record<string, never>;
    query: {
      name: string;
      /** The first day, YYYY-MM-DD, in the reporting zone. */
      from: string;
      /** The last day. */
      to: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: unknown;
  };
  /** What a figure of overview was made from. */
  "GET /api/v1/livechat/analytics/overview/explain": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Its title or key, or the name of the chart; not needed where there is only one. */
      figure?: string;
      /** As of the endpoint. */
      start?: string;
      end?: string;
      from?: string;
      to?: string;
      departmentId?: DepartmentID;
      /** Only what this agent serves or served. */
      agentId?: UserID;
      /** The same, by username. */
      agent?: string;
      tag?: string;
      /** A label of the report by source. */
      source?: string;
      /** The same, by a label of the report by agent. */
      agentName?: string;
      /** Only of departments of this name. */
      departmentName?: string;
      answered?: boolean;
      /** As of the endpoints with figures of agents. */
      attribution?: "last" | "actual";
      /** Those without department, agent or tags, by the endpoint. */
      none?: boolean;
    };
    body: undefined;
    response: Success<{
      rows: Row[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The settings of the widget's look. */
  "GET /api/v1/livechat/appearance": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      appearance: SettingsRecord[];
    }>;
  };
  /** Change settings of the widget's look, all or none. */
  "POST /api/v1/livechat/appearance": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Look[];
    response: { success: true };
  };
  /** The default business hour, or one of departments; null when there is none. */
  "GET /api/v1/livechat/business-hour": {
    path: Record<string, never>;
    query: {
      /** default or custom. */
      type?: string;
      /** Of a custom one. */
      _id?: HourID;
    };
    body: undefined;
    response: Success<{
      businessHour: View | null;
    }>;
  };
  /** List business hours, the default one first. */
  "GET /api/v1/livechat/business-hours": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      name?: string;
    };
    body: undefined;
    response: Success<{
      businessHours: View[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Remove a business hour of departments. */
  "POST /api/v1/livechat/business-hours.remove": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: HourID;
      type: string;
    };
    response: { success: true };
  };
  /** Change the default business hour, or make or change one of departments. */
  "POST /api/v1/livechat/business-hours.save": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Of the one to change. */
      _id?: HourID;
      type: "default" | "custom";
      name: string;
      /** The default one always is. */
      active: boolean;
      timezoneName: string;
      /** Not looked at: each window says whether it is open. */
      daysOpen: string[];
      /** Ids with commas between them; of a custom one. */
      departmentsToApplyBusinessHour: string;
      workHours: {
        day: "Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday";
        /** HH:mm */
        start: string;
        /** HH:mm */
        finish: string;
        open: boolean;
      }[];
    };
    response: { success: true };
  };
  /** The widget's configuration for the visitor of a token. */
  "GET /api/v1/livechat/config": {
    path: Record<string, never>;
    query: {
      token?: string;
      department?: DepartmentID;
      businessUnit?: UnitID;
    };
    body: undefined;
    response: Success<{
      config: Config;
    }>;
  };
  /** How the screens of the routing method behave. */
  "GET /api/v1/livechat/config/routing": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      config: RoutingConfig;
    }>;
  };
  /** List the custom fields. */
  "GET /api/v1/livechat/custom-fields": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of label or id. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      customFields: CustomField[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Remove a custom field and what is stored in it. */
  "POST /api/v1/livechat/custom-fields.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      customFieldId: FieldID;
    };
    response: { success: true };
  };
  /** Define a custom field, or change one. */
  "POST /api/v1/livechat/custom-fields.save": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Null: a new one. */
      customFieldId?: FieldID;
      customFieldData: {
        field: FieldID;
        label: string;
        scope: FieldScope;
        /** public or true means visible, private or false hidden. */
        visibility: "visible" | "hidden" | "public" | "private" | "true" | "false";
        regexp?: string;
        searchable?: boolean;
        type?: "input" | "select";
        required?: boolean;
        defaultValue?: string;
        /** Of a select, separated by commas. */
        options?: string;
        /** In the registration form; only while visible. */
        public?: boolean;
      };
    };
    response: Success<{
      customField: CustomField;
    }>;
  };
  /** One custom field; null for an unknown one. */
  "GET /api/v1/livechat/custom-fields/{_id}": {
    path: {
      _id: FieldID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      customField: CustomField | null;
    }>;
  };
  /** Store one value of the visitor of a token, or of his rooms. */
  "POST /api/v1/livechat/custom.field": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      key: FieldID;
      value: string;
      overwrite: boolean;
    };
    response: Success<{
      field: FieldWrite;
    }>;
  };
  /** Store several values of the visitor of a token, or of his rooms: all or none. */
  "POST /api/v1/livechat/custom.fields": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      customFields: FieldWriteInput[];
    };
    response: Success<{
      fields: {
        Key: FieldID;
        key: FieldID;
        value: string;
        overwrite: boolean;
      }[];
    }>;
  };
  /** List departments. */
  "GET /api/v1/livechat/department": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      text?: string;
      /** Only enabled ones; false: all. */
      enabled?: boolean;
      /** List archived ones too. */
      showArchived?: boolean;
      /** A monitor's: those of his units; an agent's: those he works in; a manager's: all. */
      onlyMyDepartments?: boolean;
      excludeDepartmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: DepartmentView[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a department. */
  "POST /api/v1/livechat/department": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      department: Draft;
      agents?: DepartmentsLink[];
      /** {_id: unit} moves it there, {} takes it out; absent: unchanged. */
      departmentUnit?: Record<string, unknown>;
    };
    response: Success<Saved>;
  };
  /** Departments to choose from, by the beginning of their names. */
  "GET /api/v1/livechat/department.autocomplete": {
    path: Record<string, never>;
    query: {
      /** JSON text: {term?, exceptions?: id[], conditions?: {enabled?, numAgents?, showOnRegistration?, showOnOfflineForm?}}. */
      selector: string;
      /** Archived ones too. */
      showArchived?: boolean;
      onlyMyDepartments?: boolean;
    };
    body: undefined;
    response: Success<{
      items: DepartmentsChoice[];
      departments: DepartmentsChoice[];
    }>;
  };
  /** These departments; unknown ones are left out. */
  "GET /api/v1/livechat/department.listByIds": {
    path: Record<string, never>;
    query: {
      /** Field names with 1 (only these) or 0 (all but these), as a JSON object; a dot leads into an object. */
      fields?: unknown;
      ids: DepartmentID[];
    };
    body: undefined;
    response: Success<{
      departments: DepartmentView[];
    }>;
  };
  /** End a department's work and keep it. */
  "POST /api/v1/livechat/department/archive/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Whether another department may be made: always. */
  "GET /api/v1/livechat/department/isDepartmentCreationAvailable": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      isDepartmentCreationAvailable: boolean;
    }>;
  };
  /** Bring an archived department back, disabled. */
  "POST /api/v1/livechat/department/unarchive/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Remove a department for good, if the setting allows it. */
  "DELETE /api/v1/livechat/department/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One department and its agents; null for an unknown id. */
  "GET /api/v1/livechat/department/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: {
      includeAgents?: boolean;
      onlyMyDepartments?: boolean;
    };
    body: undefined;
    response: Success<{
      department: DepartmentView | null;
      agents?: DepartmentsMember[];
    }>;
  };
  /** Save a department; agents are added and changed, never removed. */
  "PUT /api/v1/livechat/department/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: {
      department: Draft;
      agents?: DepartmentsLink[];
      /** {_id: unit} moves it there, {} takes it out; absent: unchanged. */
      departmentUnit?: Record<string, unknown>;
    };
    response: Success<Saved>;
  };
  /** The agents of a department; none of an unknown one. */
  "GET /api/v1/livechat/department/{_id}/agents": {
    path: {
      _id: DepartmentID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      agents: DepartmentsMember[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Remove agents and add or change others. */
  "POST /api/v1/livechat/department/{_id}/agents": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: {
      upsert: {
        agentId: UserID;
        /** Round-robin counter; the smallest is next. */
        count?: number;
        /** Rank among equal counters. */
        order?: number;
        /** Not looked at: the id decides. */
        username: string;
      }[];
      remove: {
        agentId: UserID;
        username?: string;
      }[];
    };
    response: { success: true };
  };
  /** End a department's work and keep it. */
  "POST /api/v1/livechat/department/{_id}/archive": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Bring an archived department back, disabled. */
  "POST /api/v1/livechat/department/{_id}/unarchive": {
    path: {
      _id: DepartmentID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** List archived departments. */
  "GET /api/v1/livechat/departments/archived": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      text?: string;
      onlyMyDepartments?: boolean;
      excludeDepartmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: DepartmentView[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Facebook asks whether it may tell this server of messages; the answer is the challenge. */
  "GET /api/v1/livechat/facebook": {
    path: Record<string, never>;
    query: {
      "hub.mode"?: string;
      "hub.verify_token"?: string;
      "hub.challenge"?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** Messages from Facebook, or one from a gateway, signed with the app's secret. */
  "POST /api/v1/livechat/facebook": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      message?: {
        _id: MessageID;
        rid: RoomID;
        msg: string;
      };
    }>;
  };
  /** The inquiry of a room, or null. */
  "GET /api/v1/livechat/inquiries.getOne": {
    path: Record<string, never>;
    query: {
      roomId: RoomID;
    };
    body: undefined;
    response: Success<{
      inquiry: Inquiry | null;
    }>;
  };
  /** All inquiries. */
  "GET /api/v1/livechat/inquiries.list": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      department?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      inquiries: Inquiry[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The waiting inquiries. */
  "GET /api/v1/livechat/inquiries.queued": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      department?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      inquiries: Inquiry[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The inquiries the caller may take, next one first. */
  "GET /api/v1/livechat/inquiries.queuedForUser": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      department?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      inquiries: Inquiry[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Give a chat back to the queue. */
  "POST /api/v1/livechat/inquiries.returnAsInquiry": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId: RoomID;
      departmentId?: DepartmentID;
    };
    response: Success<{
      result: boolean;
    }>;
  };
  /** Take a waiting chat; of several at once one gets it. */
  "POST /api/v1/livechat/inquiries.take": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      inquiryId: InquiryID;
      userId?: UserID;
    };
    response: Success<{
      inquiry: Inquiry;
    }>;
  };
  /** Give a waiting room an SLA policy. */
  "PUT /api/v1/livechat/inquiry.setSLA": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId?: RoomID;
      /** Id or name. */
      sla: string;
    };
    response: { success: true };
  };
  /** The settings of the CRM integration. */
  "GET /api/v1/livechat/integrations.settings": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      settings: {
        _id: string;
        type: SettingType;
        value: unknown;
        packageValue: unknown;
        group: string;
        section: string;
        i18nLabel: string;
        i18nDescription: string;
        secret: boolean;
        sorter: number;
      }[];
    }>;
  };
  /** The same as analytics/dashboards/charts-data, as it was published. */
  "GET /api/v1/livechat/livechat/analytics/dashboards/charts-data": {
    path: Record<string, never>;
    query: {
      chartName: string;
      start: string;
      end: string;
      departmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<Chart>;
  };
  /** Send a message as visitor; a repeat of its _id is harmless. */
  "POST /api/v1/livechat/message": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      rid: RoomID;
      msg: string;
      _id?: MessageID;
    };
    response: Success<{
      message: Message;
    }>;
  };
  /** Delete one's own message. */
  "DELETE /api/v1/livechat/message/{_id}": {
    path: {
      _id: MessageID;
    };
    query: Record<string, never>;
    body: {
      token: string;
      rid: RoomID;
    };
    response: Success<{
      message: {
        _id: MessageID;
        ts: Instant;
      };
    }>;
  };
  /** One message of the visitor's room. */
  "GET /api/v1/livechat/message/{_id}": {
    path: {
      _id: MessageID;
    };
    query: {
      token: string;
      rid: RoomID;
    };
    body: undefined;
    response: Success<{
      message: Message;
    }>;
  };
  /** Change one's own message. */
  "PUT /api/v1/livechat/message/{_id}": {
    path: {
      _id: MessageID;
    };
    query: Record<string, never>;
    body: {
      token: string;
      rid: RoomID;
      msg: string;
    };
    response: Success<{
      message: Message;
    }>;
  };
  /** Write messages on behalf of a visitor, in his open room or a new one. */
  "POST /api/v1/livechat/messages": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: {
        token: string;
      };
      messages: {
        msg: string;
      }[];
    };
    response: Success<{
      messages: {
        username: string;
        msg: string;
        ts: Instant;
      }[];
    }>;
  };
  /** The history of the visitor's room, newest first. */
  "GET /api/v1/livechat/messages.history/{rid}": {
    path: {
      rid: RoomID;
    };
    query: {
      token: string;
      /** Page size, at most 100. */
      limit?: number;
      offset?: number;
      /** Only messages up to this moment. */
      end?: Instant;
      /** Counts what came after it and is older than the page. */
      ls?: Instant;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
      unreadNotLoaded?: number;
    }>;
  };
  /** Search the ordinary messages of a room. */
  "GET /api/v1/livechat/messages/{rid}": {
    path: {
      rid: RoomID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      searchTerm?: string;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** List monitors. */
  "GET /api/v1/livechat/monitors": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name, username or address. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      monitors: Monitor[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a user a monitor. */
  "POST /api/v1/livechat/monitors.create": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      username: string;
    };
    response: Success<{
      _id: UserID;
      username: string;
      roles: string[];
    }>;
  };
  /** Take the role of a monitor, and his units. */
  "POST /api/v1/livechat/monitors.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      username: string;
    };
    response: { success: true };
  };
  /** One monitor. */
  "GET /api/v1/livechat/monitors/{username}": {
    path: {
      username: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Monitor>;
  };
  /** Leave a message while nobody is reachable. */
  "POST /api/v1/livechat/offline.message": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name: string;
      email: string;
      message: string;
      /** Id or name. */
      department?: string;
      /** The page it is written on. */
      host?: string;
    };
    response: Success<{
      message: string;
    }>;
  };
  /** Store a page view. */
  "POST /api/v1/livechat/page.visited": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      rid?: RoomID;
      pageInfo: {
        change: string;
        title: string;
        location: {
          href: string;
        };
      };
    };
    response: Success<{
      page?: {
        msg: string;
        navigation: {
          page: {
            change: string;
            title: string;
            location: {
              href: string;
            };
          };
          token?: string;
        };
      };
    }>;
  };
  /** List the five priorities, the highest first. */
  "GET /api/v1/livechat/priorities": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      priorities: Priority[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Whether any priority is renamed. */
  "GET /api/v1/livechat/priorities.reset": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      reset: boolean;
    }>;
  };
  /** Give all priorities their default names. */
  "POST /api/v1/livechat/priorities.reset": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One priority. */
  "GET /api/v1/livechat/priorities/{priorityId}": {
    path: {
      priorityId: PriorityID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Priority>;
  };
  /** Rename a priority, or give it its default name again: exactly one of both. */
  "PUT /api/v1/livechat/priorities/{priorityId}": {
    path: {
      priorityId: PriorityID;
    };
    query: Record<string, never>;
    body: {
      name?: string;
      /** true and nothing else. */
      reset?: boolean;
    };
    response: { success: true };
  };
  /** How many open chats each agent serves. */
  "GET /api/v1/livechat/queue": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      agentId?: UserID;
      departmentId?: DepartmentID;
      includeOfflineAgents?: boolean;
    };
    body: undefined;
    response: Success<{
      queue: {
        chats: number;
        user: {
          _id: UserID;
          username: string;
          status: Presence;
        };
        department: {
          _id?: DepartmentID;
          name?: string;
        };
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The visitor's open room; opens one when there is none. Other keys of the query are kept with a new room, as its customFields: at most 50 texts of at most 1,000 characters. */
  "GET /api/v1/livechat/room": {
    path: Record<string, never>;
    query: {
      token: string;
      rid?: RoomID;
      agentId?: UserID;
      /** Of a new room: id or name. */
      priority?: string;
      /** Of a new room: id or name of a policy. */
      sla?: string;
    };
    body: undefined;
    response: Success<{
      room: ChatRoom;
      newRoom: boolean;
    }>;
  };
  /** Close a room as its visitor. */
  "POST /api/v1/livechat/room.close": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      token: string;
    };
    response: Success<{
      rid: RoomID;
      comment: string;
    }>;
  };
  /** Close a room. */
  "POST /api/v1/livechat/room.closeByUser": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      comment?: string;
      tags?: string[];
      generateTranscriptPdf?: boolean;
      transcriptEmail?: {
        sendToVisitor: boolean;
        requestData?: {
          email?: string;
          subject?: string;
        };
      };
    };
    response: { success: true };
  };
  /** Forward a room to an agent or a department, or change nothing. */
  "POST /api/v1/livechat/room.forward": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId: RoomID;
      /** With a department: the member who is wished for. */
      userId?: UserID;
      departmentId?: DepartmentID;
      comment?: string;
      /** Say so when the agent has as many chats as he may have. */
      clientAction?: boolean;
    };
    response: { success: true };
  };
  /** Become a member of a room without serving it. */
  "GET /api/v1/livechat/room.join": {
    path: Record<string, never>;
    query: {
      roomId: RoomID;
    };
    body: undefined;
    response: { success: true };
  };
  /** Put a room on hold. */
  "POST /api/v1/livechat/room.onHold": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId: RoomID;
    };
    response: { success: true };
  };
  /** Take a room off hold. */
  "POST /api/v1/livechat/room.resumeOnHold": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId: RoomID;
    };
    response: { success: true };
  };
  /** Change a room's topic, tags, priority and SLA, its visitor's name and addresses, and the custom fields of both; what is absent stays. */
  "POST /api/v1/livechat/room.saveInfo": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomData: {
        _id: RoomID;
        topic?: string;
        tags?: string[];
        /** Empty: none. */
        priorityId?: string;
        /** Empty: none. */
        slaId?: string;
        /** Values of custom fields; unknown ones are ignored. */
        livechatData?: Record<string, unknown>;
      };
      guestData: {
        _id: VisitorID;
        name?: string;
        /** Empty: none. */
        email?: string;
        /** Empty: none. */
        phone?: string;
        /** Values of custom fields; unknown ones are ignored. */
        livechatData?: Record<string, unknown>;
      };
    };
    response: { success: true };
  };
  /** Rate a conversation, while it lasts or afterwards. */
  "POST /api/v1/livechat/room.survey": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      token: string;
      data: SurveysAnswer[];
    };
    response: Success<{
      rid: RoomID;
      data: Record<string, string>;
    }>;
  };
  /** Give a room to another visitor. */
  "PUT /api/v1/livechat/room.visitor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      oldVisitorId: VisitorID;
      newVisitorId: VisitorID;
    };
    response: Success<{
      room: ChatRoom;
    }>;
  };
  /** Take an open room's priority away. */
  "DELETE /api/v1/livechat/room/{rid}/priority": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Give an open room a priority. */
  "POST /api/v1/livechat/room/{rid}/priority": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: {
      priorityId: PriorityID;
    };
    response: { success: true };
  };
  /** List rooms; agents list their own. */
  "GET /api/v1/livechat/rooms": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Field names with 1 (only these) or 0 (all but these), as a JSON object; a dot leads into an object. */
      fields?: unknown;
      agents?: UserID[];
      roomName?: string;
      departmentId?: DepartmentID;
      units?: UnitID[];
      open?: boolean;
      queued?: boolean;
      onhold?: boolean;
      /** Those that wait until their channel is verified. */
      verifying?: boolean;
      tags?: string[];
      customFields?: Record<string, string>;
      createdAt?: {
        start?: Instant;
        end?: Instant;
      };
      closedAt?: {
        start?: Instant;
        end?: Instant;
      };
    };
    body: undefined;
    response: Success<{
      rooms: ChatRoom[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Remove a closed room with everything in it. */
  "POST /api/v1/livechat/rooms.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      roomId: RoomID;
    };
    response: { success: true };
  };
  /** Remove all closed rooms one oversees, of some departments or of all. */
  "POST /api/v1/livechat/rooms.removeAllClosedRooms": {
    path: Record<string, never>;
    query: {
      /** None: of all. */
      departmentIds?: DepartmentID[];
    };
    body: undefined;
    response: Success<{
      removedRooms: number;
    }>;
  };
  /** The sources rooms came from. */
  "GET /api/v1/livechat/rooms/filters": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      filters: Source[];
    }>;
  };
  /** Why the room went to whom: every decision about it, oldest first. */
  "GET /api/v1/livechat/rooms/{rid}/explain": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      decisions: Explained[];
    }>;
  };
  /** List SLA policies. */
  "GET /api/v1/livechat/sla": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name or description. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      sla: Policy[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make an SLA policy. */
  "POST /api/v1/livechat/sla": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name: string;
      description?: string;
      /** How soon it is due, at most a year. */
      dueTimeInMinutes: number;
    };
    response: Success<{
      sla: Policy;
    }>;
  };
  /** Remove an SLA policy, also from the chats that have it. */
  "DELETE /api/v1/livechat/sla/{slaId}": {
    path: {
      slaId: SLAID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One SLA policy. */
  "GET /api/v1/livechat/sla/{slaId}": {
    path: {
      slaId: SLAID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Policy>;
  };
  /** Replace an SLA policy; open chats that have it follow. */
  "PUT /api/v1/livechat/sla/{slaId}": {
    path: {
      slaId: SLAID;
    };
    query: Record<string, never>;
    body: {
      name: string;
      description?: string;
      /** How soon it is due, at most a year. */
      dueTimeInMinutes: number;
    };
    response: Success<{
      sla: Policy;
    }>;
  };
  /** A text message, from the SMS service; the answer has that service's form. */
  "POST /api/v1/livechat/sms-incoming/{service}": {
    path: {
      /** twilio, voxtelesys or mobex; the one that SMS_Service names. */
      service: string;
    };
    query: {
      /** Id or name of the department that gets it. */
      department?: string;
      /** SMS_Inbound_Secret, of services that sign nothing. */
      secret?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** List the tags one may use: public ones, and those of a department or of one's own. */
  "GET /api/v1/livechat/tags": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name or description. */
      text?: string;
      /** Also those of this department, for its people. */
      department?: DepartmentID;
      /** Every tag, for who manages them. */
      viewAll?: boolean;
    };
    body: undefined;
    response: Success<{
      tags: Tag[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Remove a tag; conversations keep its name. */
  "POST /api/v1/livechat/tags.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      id: TagID;
    };
    response: { success: true };
  };
  /** Make a tag, or replace one; what is left out is empty then. */
  "POST /api/v1/livechat/tags.save": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: TagID;
      tagData: {
        name: string;
        description?: string;
      };
      /** None: usable for every chat. */
      tagDepartments?: DepartmentID[];
    };
    response: Success<Tag>;
  };
  /** One tag; for an unknown id a body that is null. */
  "GET /api/v1/livechat/tags/{tagId}": {
    path: {
      tagId: TagID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Tag | {
      statusCode: number;
      body: Record<string, never> | null;
    }>;
  };
  /** Mail a transcript of one's own chat to one's own address. */
  "POST /api/v1/livechat/transcript": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      rid: RoomID;
      token: string;
      email: string;
    };
    response: Success<{
      message: string;
    }>;
  };
  /** Take that request back. */
  "DELETE /api/v1/livechat/transcript/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Have a transcript mailed to the visitor when the chat ends. */
  "POST /api/v1/livechat/transcript/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: {
      email: string;
      subject: string;
    };
    response: { success: true };
  };
  /** Where a room was moved, oldest first. */
  "GET /api/v1/livechat/transfer.history/{rid}": {
    path: {
      rid: RoomID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      history: Record<string, unknown>[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** List triggers. */
  "GET /api/v1/livechat/triggers": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      triggers: ChatTrigger[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a trigger, or replace one. */
  "POST /api/v1/livechat/triggers": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: TriggerID;
      name: string;
      description: string;
      enabled: boolean;
      runOnce: boolean;
      /** None: on every site. */
      site?: SiteID;
      conditions: ConditionInput[];
      actions: ActionInput[];
    };
    response: { success: true };
  };
  /** Ask an external service once and say what it answered. */
  "POST /api/v1/livechat/triggers/external-service/test": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      webhookUrl: string;
      /** Milliseconds. */
      timeout: number;
      fallbackMessage: string;
      extraData?: Pair[];
    };
    response: Success<{
      triggerId: TriggerID;
      response: {
        statusCode: number;
        contents: Content[];
      };
    }>;
  };
  /** Remove a trigger. */
  "DELETE /api/v1/livechat/triggers/{_id}": {
    path: {
      _id: TriggerID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One trigger; null when there is none. */
  "GET /api/v1/livechat/triggers/{_id}": {
    path: {
      _id: TriggerID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      trigger: ChatTrigger | null;
    }>;
  };
  /** What a trigger's external service has to say to a visitor. */
  "POST /api/v1/livechat/triggers/{_id}/external-service/call": {
    path: {
      _id: TriggerID;
    };
    query: Record<string, never>;
    body: {
      token: string;
      extraData?: Pair[];
    };
    response: Success<{
      triggerId: TriggerID;
      response: {
        statusCode: number;
        contents: Content[];
      };
    }>;
  };
  /** List units; private ones to their creator, their monitors and administrators. */
  "GET /api/v1/livechat/units": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      text?: string;
    };
    body: undefined;
    response: Success<{
      units: Unit[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a unit; users who are no monitors are left out and named in warnings. */
  "POST /api/v1/livechat/units": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      unitData: {
        name: string;
        visibility: Visibility;
      };
      unitMonitors: {
        monitorId: UserID;
        /** Not looked at. */
        username?: string;
      }[];
      unitDepartments: {
        departmentId: DepartmentID;
      }[];
    };
    response: Success<{
      _id: UnitID;
      name: string;
      visibility: Visibility;
      type: string;
      numMonitors: number;
      numDepartments: number;
      _updatedAt: Instant;
      /** Who was left out, being no monitor. */
      warnings?: string[];
    }>;
  };
  /** Remove a unit; its departments stay. */
  "DELETE /api/v1/livechat/units/{id}": {
    path: {
      id: UnitID;
    };
    query: Record<string, never>;
    body: undefined;
    response: number;
  };
  /** One unit. */
  "GET /api/v1/livechat/units/{id}": {
    path: {
      id: UnitID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<Unit>;
  };
  /** Replace a unit with its monitors and departments. */
  "POST /api/v1/livechat/units/{id}": {
    path: {
      id: UnitID;
    };
    query: Record<string, never>;
    body: {
      unitData: {
        name: string;
        visibility: Visibility;
      };
      unitMonitors: {
        monitorId: UserID;
        /** Not looked at. */
        username?: string;
      }[];
      unitDepartments: {
        departmentId: DepartmentID;
      }[];
    };
    response: Success<{
      _id: UnitID;
      name: string;
      visibility: Visibility;
      type: string;
      numMonitors: number;
      numDepartments: number;
      _updatedAt: Instant;
      /** Who was left out, being no monitor. */
      warnings?: string[];
    }>;
  };
  /** The departments of a unit. */
  "GET /api/v1/livechat/units/{id}/departments": {
    path: {
      id: UnitID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      departments: DepartmentView[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The departments of no unit and of this one; none is the id of a new unit. */
  "GET /api/v1/livechat/units/{id}/departments/available": {
    path: {
      id: UnitID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of the name. */
      text?: string;
      /** Only departments the caller works in. */
      onlyMyDepartments?: boolean;
    };
    body: undefined;
    response: Success<{
      departments: DepartmentView[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The monitors of a unit. */
  "GET /api/v1/livechat/units/{id}/monitors": {
    path: {
      id: UnitID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      monitors: UnitsLink[];
    }>;
  };
  /** Send a file as visitor. */
  "POST /api/v1/livechat/upload/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: unknown;
    response: Success<{
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
    }>;
  };
  /** List agents or managers. */
  "GET /api/v1/livechat/users/{type}": {
    path: {
      type: string;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name, username or address. */
      text?: string;
      /** Only those whose switch is on. */
      onlyAvailable?: boolean;
      /** false leaves out who is offline; bots stay. */
      showIdleAgents?: boolean;
      excludeId?: UserID;
    };
    body: undefined;
    response: Success<{
      users: AgentsMember[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Make a user an agent or a manager. */
  "POST /api/v1/livechat/users/{type}": {
    path: {
      type: string;
    };
    query: Record<string, never>;
    body: {
      username: string;
    };
    response: Success<{
      user: User;
    }>;
  };
  /** Take the role of an agent or a manager. */
  "DELETE /api/v1/livechat/users/{type}/{_id}": {
    path: {
      type: string;
      _id: UserID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** One agent or manager; null when the user lacks the role. */
  "GET /api/v1/livechat/users/{type}/{_id}": {
    path: {
      type: string;
      _id: UserID;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      user: User | null;
    }>;
  };
  /** Register a visitor, or change the one of this token. */
  "POST /api/v1/livechat/visitor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: {
        id?: VisitorID;
        token: string;
        name?: string;
        email?: string;
        phone?: string;
        /** Id or name; empty removes the stored one. */
        department?: string;
        /** What is no field to fill is left out. */
        customFields?: FieldWriteInput[];
        /** The words about the use of personal data that the visitor accepted; kept with the time. */
        consent?: string;
      };
    };
    response: Success<{
      visitor: Visitor;
    }>;
  };
  /** Say as visitor how a video call stands. */
  "POST /api/v1/livechat/visitor.callStatus": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      rid: RoomID;
      callStatus: string;
      callId: MessageID;
    };
    response: Success<{
      token: string;
      callStatus: string;
    }>;
  };
  /** Set a visitor's presence. */
  "POST /api/v1/livechat/visitor.status": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      status: Presence;
    };
    response: Success<{
      token: string;
      status: Presence;
    }>;
  };
  /** Forward one's own chat to another department. */
  "POST /api/v1/livechat/visitor/department.transfer": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      rid: RoomID;
      department: DepartmentID;
    };
    response: { success: true };
  };
  /** Remove the visitor of a token and his conversations. */
  "DELETE /api/v1/livechat/visitor/{token}": {
    path: {
      token: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      visitor: {
        _id: VisitorID;
        ts: Instant;
      };
    }>;
  };
  /** The visitor of a token. */
  "GET /api/v1/livechat/visitor/{token}": {
    path: {
      token: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      visitor: Visitor;
    }>;
  };
  /** A visitor's open conversations. */
  "GET /api/v1/livechat/visitor/{token}/room": {
    path: {
      token: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      rooms: OpenRoom[];
    }>;
  };
  /** Visitors for a choice. */
  "GET /api/v1/livechat/visitors.autocomplete": {
    path: Record<string, never>;
    query: {
      /** JSON text: {term?, exceptions?: id[]}. */
      selector: string;
    };
    body: undefined;
    response: Success<{
      items: VisitorsChoice[];
    }>;
  };
  /** A visitor's conversations. */
  "GET /api/v1/livechat/visitors.chatHistory/room/{roomId}/visitor/{visitorId}": {
    path: {
      roomId: RoomID;
      visitorId: VisitorID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      history: ChatRoom[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** One visitor. */
  "GET /api/v1/livechat/visitors.info": {
    path: Record<string, never>;
    query: {
      visitorId: VisitorID;
    };
    body: undefined;
    response: Success<{
      visitor: Visitor;
    }>;
  };
  /** Pages seen in a room, newest first. */
  "GET /api/v1/livechat/visitors.pagesVisited/{roomId}": {
    path: {
      roomId: RoomID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      pages: PageMessage[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Search visitors by name, username, address and number. */
  "GET /api/v1/livechat/visitors.search": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      term: string;
    };
    body: undefined;
    response: Success<{
      visitors: VisitorsFound[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Search a visitor's conversations. */
  "GET /api/v1/livechat/visitors.searchChats/room/{roomId}/visitor/{visitorId}": {
    path: {
      roomId: RoomID;
      visitorId: VisitorID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      searchText?: string;
      closedChatsOnly?: boolean;
      servedChatsOnly?: boolean;
      source?: "widget" | "sms" | "api" | "email" | "app" | "other";
    };
    body: undefined;
    response: Success<{
      history: ChatRoom[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Set a visitor's presence. */
  "POST /api/v1/livechat/visitors.status": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      token: string;
      status: Presence;
    };
    response: Success<{
      token: string;
      status: Presence;
    }>;
  };
  /** Send a sample to the CRM's address. */
  "POST /api/v1/livechat/webhook.test": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Begin a video call in a chat, or join the one that goes on. */
  "GET /api/v1/livechat/webrtc.call": {
    path: Record<string, never>;
    query: {
      rid: RoomID;
    };
    body: undefined;
    response: Success<{
      videoCall: {
        rid: RoomID;
        provider: string;
        callStatus: string;
      };
    }>;
  };
  /** Say how a video call stands. */
  "PUT /api/v1/livechat/webrtc.call/{callId}": {
    path: {
      callId: MessageID;
    };
    query: Record<string, never>;
    body: {
      rid: RoomID;
      status: string;
    };
    response: Success<{
      status: string;
    }>;
  };
  /** Search the ordinary messages of a room. */
  "GET /api/v1/livechat/{rid}/messages": {
    path: {
      rid: RoomID;
    };
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      searchTerm?: string;
    };
    body: undefined;
    response: Success<{
      messages: Message[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Sign in with a password, or check a token. */
  "POST /api/v1/login": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      /** Username or e-mail address; also {username} or {email}. */
      user?: unknown;
      /** Instead of user. */
      username?: string;
      /** Instead of user. */
      email?: string;
      /** The password, or {digest, algorithm: sha-256}. */
      password?: unknown;
      /** A token instead of a password. */
      resume?: string;
    };
    response: {
      status: string;
      data: {
        authToken: string;
        userId: UserID;
        me: User;
      };
    };
  };
  /** End the session that asks. */
  "POST /api/v1/logout": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: {
      status: string;
      data: {
        message: string;
      };
    };
  };
  /** Send a mail to every user who did not unsubscribe. */
  "POST /api/v1/mailer": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      from: string;
      subject: string;
      body: string;
      /** Only to the sender's own address. */
      dryrun?: boolean;
      /** What the users must be, as a JSON object: _id, username, name, roles, active, emails.address. */
      query?: string;
    };
    response: { success: true };
  };
  /** Get no more mails to all users. */
  "POST /api/v1/mailer.unsubscribe": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id: UserID;
      /** When the account was made: ISO 8601 or milliseconds. */
      createdAt: string;
    };
    response: { success: true };
  };
  /** The caller's own user. */
  "GET /api/v1/me": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<User>;
  };
  /** Carry out a procedure: `message` is the JSON text of {msg: method, id, method, params}; the answer's `message` is that of its result or error. */
  "POST /api/v1/method.call/{method}": {
    path: {
      method: string;
    };
    query: Record<string, never>;
    body: {
      message: string;
    };
    response: Success<{
      message: string;
    }>;
  };
  /** Carry out a procedure: `message` is the JSON text of {msg: method, id, method, params}; the answer's `message` is that of its result or error. Without sign-in. */
  "POST /api/v1/method.callAnon/{method}": {
    path: {
      method: string;
    };
    query: Record<string, never>;
    body: {
      message: string;
    };
    response: Success<{
      message: string;
    }>;
  };
  /** A visitor by id; null for an unknown one. */
  "GET /api/v1/omnichannel/contact": {
    path: Record<string, never>;
    query: {
      contactId: VisitorID;
    };
    body: undefined;
    response: Success<{
      contact: Visitor | null;
    }>;
  };
  /** Note a visitor by token, new or known. */
  "POST /api/v1/omnichannel/contact": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      _id?: VisitorID;
      token: string;
      name: string;
      email?: string;
      phone?: string;
      /** Not looked at. */
      username?: string;
      /** Fields that are not declared are dropped. */
      customFields?: Record<string, string>;
      contactManager?: {
        /** Empty: nobody. */
        username?: string;
      };
    };
    response: Success<{
      contact: VisitorID;
    }>;
  };
  /** The latest visitor with an address or a number; null for none. */
  "GET /api/v1/omnichannel/contact.search": {
    path: Record<string, never>;
    query: {
      email?: string;
      phone?: string;
      /** JSON object of custom field values. */
      custom?: string;
    };
    body: undefined;
    response: Success<{
      contact: Visitor | null;
    }>;
  };
  /** Make a contact. */
  "POST /api/v1/omnichannel/contacts": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name: string;
      emails: (string | {
        address: string;
      })[];
      phones: (string | {
        phoneNumber: string;
      })[];
      contactManager?: UserID | {
        _id: UserID;
        name?: string;
        username?: string;
      };
      customFields?: Record<string, string>;
    };
    response: Success<{
      contactId: ContactID;
    }>;
  };
  /** Close a channel to its visitor, and his chat on it. */
  "POST /api/v1/omnichannel/contacts.block": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: AssociationInput;
    };
    response: { success: true };
  };
  /** A contact's channels, the one written on last first. */
  "GET /api/v1/omnichannel/contacts.channels": {
    path: Record<string, never>;
    query: {
      contactId: ContactID;
    };
    body: undefined;
    response: Success<{
      channels: Channel[];
    }>;
  };
  /** Whether there is a contact with this id, address or number: one of them. */
  "GET /api/v1/omnichannel/contacts.checkExistence": {
    path: Record<string, never>;
    query: {
      contactId?: ContactID;
      email?: string;
      phone?: string;
    };
    body: undefined;
    response: Success<{
      exists: boolean;
    }>;
  };
  /** Settle what a merge could not decide. */
  "POST /api/v1/omnichannel/contacts.conflicts": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      contactId: ContactID;
      name?: string;
      contactManager?: UserID | {
        _id: UserID;
        name?: string;
        username?: string;
      };
      customFields?: Record<string, string>;
      wipeConflicts?: boolean;
    };
    response: Success<{
      result: ContactView;
    }>;
  };
  /** A contact; null for an unknown one. */
  "GET /api/v1/omnichannel/contacts.get": {
    path: Record<string, never>;
    query: {
      /** Not empty. */
      contactId: ContactID;
    };
    body: undefined;
    response: Success<{
      contact: ContactView | null;
    }>;
  };
  /** A contact's conversations on all channels. */
  "GET /api/v1/omnichannel/contacts.history": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      contactId: ContactID;
      source?: string;
    };
    body: undefined;
    response: Success<{
      history: Past[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** List contacts by name. */
  "GET /api/v1/omnichannel/contacts.search": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Part of name, address, number or searchable field. */
      searchText?: string;
      unknown?: boolean;
    };
    body: undefined;
    response: Success<{
      contacts: ContactView[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Open a channel again. */
  "POST /api/v1/omnichannel/contacts.unblock": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      visitor: AssociationInput;
    };
    response: { success: true };
  };
  /** Change a contact; what is absent stays. */
  "POST /api/v1/omnichannel/contacts.update": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      contactId: ContactID;
      name?: string;
      emails?: (string | {
        address: string;
      })[];
      phones?: (string | {
        phoneNumber: string;
      })[];
      /** Empty: nobody. */
      contactManager?: UserID | {
        _id: UserID;
        name?: string;
        username?: string;
      };
      /** An empty text takes a value away. */
      customFields?: Record<string, string>;
      /** Understood and without effect. */
      channels?: Record<string, unknown>[];
      wipeConflicts?: boolean;
    };
    response: Success<{
      contact: ContactView | null;
    }>;
  };
  /** Change settings of the CRM integration; what is left out stays. */
  "POST /api/v1/omnichannel/integrations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      LivechatWebhookUrl?: unknown;
      LivechatSecretToken?: unknown;
      LivechatHttpTimeout?: unknown;
      LivechatWebhookOnStart?: unknown;
      LivechatWebhookOnClose?: unknown;
      LivechatWebhookOnChatTaken?: unknown;
      LivechatWebhookOnChatQueued?: unknown;
      LivechatWebhookOnForward?: unknown;
      LivechatWebhookOnOfflineMsg?: unknown;
      LivechatWebhookOnVisitorMessage?: unknown;
      LivechatWebhookOnAgentMessage?: unknown;
    };
    response: { success: true };
  };
  /** Have a PDF made of a chat that has ended. */
  "POST /api/v1/omnichannel/{rid}/request-transcript": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: undefined;
    response: { success: true };
  };
  /** Every permission with the roles that hold it. */
  "GET /api/v1/permissions.listAll": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      update: Grant[];
      remove: Grant[];
    }>;
  };
  /** Replace which roles hold the given permissions. */
  "POST /api/v1/permissions.update": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      permissions: {
        _id: Permission;
        roles: string[];
      }[];
    };
    response: Success<{
      permissions: Grant[];
    }>;
  };
  /** The rooms and groups the caller is a member of. */
  "GET /api/v1/rooms.get": {
    path: Record<string, never>;
    query: {
      updatedSince?: Instant;
    };
    body: undefined;
    response: Success<{
      update: (ChatRoom | Group)[];
      remove: (ChatRoom | Group)[];
    }>;
  };
  /** Bring a file as a user; rooms.mediaConfirm sends it. */
  "POST /api/v1/rooms.media/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: unknown;
    response: Success<{
      file: {
        _id: FileID;
        url: string;
      };
    }>;
  };
  /** Send a file one brought. */
  "POST /api/v1/rooms.mediaConfirm/{rid}/{fileId}": {
    path: {
      rid: RoomID;
      fileId: FileID;
    };
    query: Record<string, never>;
    body: {
      msg?: string;
      description?: string;
    };
    response: Success<{
      message: Message;
    }>;
  };
  /** Send a file as a user. */
  "POST /api/v1/rooms.upload/{rid}": {
    path: {
      rid: RoomID;
    };
    query: Record<string, never>;
    body: unknown;
    response: Success<{
      message: Message;
    }>;
  };
  /** Every setting the caller may read, with what a form needs. */
  "GET /api/v1/settings": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Only these ids, separated by commas. */
      _id?: string;
    };
    body: undefined;
    response: Success<{
      settings: SettingsRecord[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** The settings everybody may read. */
  "GET /api/v1/settings.public": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
      /** Only these ids, separated by commas. */
      _id?: string;
    };
    body: undefined;
    response: Success<{
      settings: {
        _id: string;
        value: unknown;
      }[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** One setting's value. */
  "GET /api/v1/settings/{_id}": {
    path: {
      _id: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      _id: string;
      value: unknown;
    }>;
  };
  /** Change a setting; it takes effect at once. */
  "POST /api/v1/settings/{_id}": {
    path: {
      _id: string;
    };
    query: Record<string, never>;
    body: {
      /** The new value, of the setting's type. */
      value: unknown;
    };
    response: { success: true };
  };
  /** The caller's membership in a room. */
  "GET /api/v1/subscriptions.getOne": {
    path: Record<string, never>;
    query: {
      roomId: RoomID;
    };
    body: undefined;
    response: Success<{
      subscription: Subscription | null;
    }>;
  };
  /** Create a user. */
  "POST /api/v1/users.create": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      name: string;
      email: string;
      username: string;
      password: string;
      roles?: string[];
      active?: boolean;
      verified?: boolean;
      setRandomPassword?: boolean;
      statusText?: string;
    };
    response: Success<{
      user: User;
    }>;
  };
  /** Delete a user. */
  "POST /api/v1/users.delete": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId?: UserID;
      username?: string;
    };
    response: { success: true };
  };
  /** Leads to the picture of a user. */
  "GET /api/v1/users.getAvatar": {
    path: Record<string, never>;
    query: {
      userId?: UserID;
      username?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** One user, by id, username or address. */
  "GET /api/v1/users.info": {
    path: Record<string, never>;
    query: {
      userId?: UserID;
      username?: string;
      email?: string;
    };
    body: undefined;
    response: Success<{
      user: User;
    }>;
  };
  /** Users by username. */
  "GET /api/v1/users.list": {
    path: Record<string, never>;
    query: {
      /** How many items to skip. */
      offset?: number;
      /** How many items to answer with, at most 100. */
      count?: number;
      /** Field names with 1 (ascending) or -1, as a JSON object. */
      sort?: unknown;
    };
    body: undefined;
    response: Success<{
      users: User[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** Take one's picture away, or that of another user. */
  "POST /api/v1/users.resetAvatar": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId?: UserID;
      username?: string;
    };
    response: { success: true };
  };
  /** Deactivate a user, which ends his sessions, or activate him again. */
  "POST /api/v1/users.setActiveStatus": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId: UserID;
      activeStatus: boolean;
    };
    response: Success<{
      user: {
        _id: UserID;
        active: boolean;
      };
    }>;
  };
  /** Set one's picture, or that of another user. */
  "POST /api/v1/users.setAvatar": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: unknown;
    response: { success: true };
  };
  /** Change preferences; those not named stay. */
  "POST /api/v1/users.setPreferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId?: UserID;
      data: Record<string, unknown>;
    };
    response: Success<{
      user: {
        _id: UserID;
        settings: UserSettings | null;
      };
    }>;
  };
  /** Set the presence one shows, and a line of text; without a connection it stands until the session ends. */
  "POST /api/v1/users.setStatus": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      message?: string;
      status?: string;
      userId?: UserID;
      username?: string;
    };
    response: { success: true };
  };
  /** Change a user; what is absent stays. A new password ends his sessions. */
  "POST /api/v1/users.update": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId: UserID;
      data: {
        name?: string;
        email?: string;
        username?: string;
        password?: string;
        verified?: boolean;
        statusText?: string;
      };
    };
    response: Success<{
      user: User;
    }>;
  };
  /** A picture of the server. */
  "GET /assets/{file}": {
    path: {
      file: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Blob;
  };
  /** A picture for any name: of the user with this username or display name, else its initials. uid/ and an id is a name, too. */
  "GET /avatar/{name...}": {
    path: {
      name: string;
    };
    query: {
      /** false: without a picture the answer is empty (204). */
      initials?: boolean;
    };
    body: undefined;
    response: Blob;
  };
  /** A file, for who may see its chat. */
  "GET /file-upload/{fileId}/{name}": {
    path: {
      fileId: FileID;
      name: string;
    };
    query: {
      token?: string;
      /** A smaller picture, if there is one. */
      thumbnail?: boolean;
      rc_rid?: RoomID;
      rc_token?: string;
      rc_uid?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** The widget's page. */
  "GET /livechat": {
    path: Record<string, never>;
    query: {
      site?: SiteID;
      host?: string;
      /** popup: a window that the page of the host opens. */
      mode?: string;
      /** Style sheet of the page that embeds it. */
      css?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** The widget's loader and files. */
  "GET /livechat/{file...}": {
    path: {
      file: string;
    };
    query: {
      site?: SiteID;
      host?: string;
      /** popup: a window that the page of the host opens. */
      mode?: string;
      /** Style sheet of the page that embeds it. */
      css?: string;
    };
    body: undefined;
    response: Blob;
  };
  /** The script of the second widget API, embed.js. */
  "GET /livechatoo/{file}": {
    path: {
      file: string;
    };
    query: {
      site?: SiteID;
      host?: string;
      /** popup: a window that the page of the host opens. */
      mode?: string;
      /** Style sheet of the page that embeds it. */
      css?: string;
    };
    body: undefined;
    response: Blob;
  };
}
