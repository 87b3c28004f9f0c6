// Code generated from the server's types; DO NOT EDIT.

/** A merged answer: the endpoint's fields and success. */
export type Success<T> = T & { success: true };

export interface ActionLinks {
  webrtc: Record<string, never>[];
  jitsi: Record<string, never>[];
}

export interface AgentMetrics {
  lr?: Instant;
}

export interface AgentView {
  _id?: UserID;
  username?: string;
  name?: string;
  emails?: UserEmail[];
  status?: Presence;
  hiddenInfo?: boolean;
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
  utcOffset: number;
  language?: string;
  createdAt: Instant;
  _updatedAt: Instant;
  settings?: UserSettings;
  departments?: DepartmentID[];
}

export type Availability = "available" | "not-available";

export interface Behaviour {
  registrationForm: boolean;
  allowSwitchingDepartments: boolean;
  nameFieldRegistrationForm: boolean;
  emailFieldRegistrationForm: boolean;
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
}

export interface Can {
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
  customFields?: Record<string, unknown>;
  code: number;
  cl: boolean;
  _updatedAt: Instant;
  seq: number;
}

export type Closer = "user" | "visitor";

export interface Config {
  enabled: boolean;
  online: boolean;
  settings: Behaviour;
  theme: Theme;
  messages: Messages;
  survey: Survey;
  departments: WidgetDepartment[];
  triggers: Record<string, never>[];
  customFields: Record<string, never>[];
  resources: Resources;
  guest?: Guest;
  room?: WidgetRoom;
  agent?: AgentView;
}

export interface ConsoleSession {
  user: User;
  permissions: string[];
  version: string;
}

export type ContactID = string;

export interface DefaultAgent {
  agentId: UserID;
  username: string;
}

export type DepartmentID = string;

export interface DepartmentsDepartment {
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
  parentId?: UnitID;
  ancestors?: UnitID[];
  numAgents: number;
  _updatedAt: Instant;
  type: string;
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

export interface Email {
  address: string;
}

export interface Found {
  _id: VisitorID;
  username: string;
  name?: string;
  visitorEmails?: Email[];
  phone?: Phone[];
  lastChat?: ChatRef;
}

export interface Grant {
  _id: Permission;
  roles: string[];
}

export interface Guest {
  _id: VisitorID;
  username: string;
  name?: string;
  token?: string;
  visitorEmails?: Email[];
  department?: DepartmentID;
}

export type HourID = string;

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
  _updatedAt: Instant;
}

export type InquiryID = string;

export type InquiryStatus = "ready" | "queued" | "taken";

/** Text in the format date-time. */
export type Instant = string;

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
  transcriptRequested?: boolean;
  transferData?: Record<string, unknown>;
  comment?: string;
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

export interface Metrics {
  v?: VisitorMetrics;
  servedBy?: AgentMetrics;
  response?: ResponseMetrics;
  reaction?: ReactionMetrics;
  chatDuration?: number;
  serviceTimeDuration?: number;
  visitorInactivity?: number;
}

export interface OpenRoom {
  _id: RoomID;
  t: string;
  cl: boolean;
  servedBy?: ServedBy;
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

export type Permission = string;

export interface Phone {
  phoneNumber: string;
}

export type Presence = "online" | "away" | "busy" | "offline";

export type PriorityID = string;

export interface ReactionMetrics {
  tt: number;
  ft: number;
  fd?: Instant;
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

export type RoomID = string;

export interface RoomPrediction {
  predictedVisitorAbandonmentAt: Instant;
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

export type SLAID = string;

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

export type SettingType = "boolean" | "int" | "string" | "color" | "select" | "multiSelect";

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
  enterprise: boolean;
  values?: SettingsChoice[];
  min?: number;
  max?: number;
  sorter: number;
}

export type SiteID = string;

export interface Source {
  type: string;
  id?: string;
  alias?: string;
  label?: string;
  sidebarIcon?: string;
  defaultIcon?: string;
  destination?: string;
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

export interface Theme {
  title: string;
  color: string;
  offlineTitle: string;
  offlineColor: string;
  position: string;
  background: string;
  actionLinks: ActionLinks;
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
  utcOffset: number;
  language?: string;
  createdAt: Instant;
  _updatedAt: Instant;
  settings?: UserSettings;
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

export interface WidgetDepartment {
  _id: DepartmentID;
  name: string;
  showOnRegistration: boolean;
  showOnOfflineForm: boolean;
}

export interface WidgetRoom {
  _id: RoomID;
  open: boolean;
  seq: number;
  departmentId?: DepartmentID;
  servedBy?: ServedBy;
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
  /** A room the caller may see, open or closed. */
  "GET /api/v1/channels.info": {
    path: Record<string, never>;
    query: {
      roomId: RoomID;
    };
    body: undefined;
    response: Success<{
      channel: ChatRoom;
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
      };
    };
    response: Success<{
      message: Message;
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
      /** The second factor. */
      code?: string;
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
        customFields?: Record<string, unknown>;
        code: number;
        cl: boolean;
        _updatedAt: Instant;
        seq: number;
        unread: number;
      }[];
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
      can: Can;
      reason?: string;
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
      site?: SiteID;
      department?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      config: Config;
    }>;
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
  /** The guest's open room; opens one when there is none. */
  "POST /api/v1/foyer/widget/room": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      room: ChatRoom;
      newRoom: boolean;
    }>;
  };
  /** Register with our own widget; with a session, change its visitor. */
  "POST /api/v1/foyer/widget/visitor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      site?: SiteID;
      name?: string;
      email?: string;
      department?: string;
    };
    response: Success<{
      /** The secret of this browser, to be sent as X-Foyer-Session. */
      session: string;
      visitor: Visitor;
    }>;
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
  /** The widget's configuration for the visitor of a token. */
  "GET /api/v1/livechat/config": {
    path: Record<string, never>;
    query: {
      token?: string;
      department?: DepartmentID;
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
      enabled?: boolean;
      /** List archived ones too. */
      showArchived?: boolean;
      excludeDepartmentId?: DepartmentID;
    };
    body: undefined;
    response: Success<{
      departments: DepartmentsDepartment[];
      offset: number;
      count: number;
      total: number;
    }>;
  };
  /** One department and its agents; null for an unknown id. */
  "GET /api/v1/livechat/department/{_id}": {
    path: {
      _id: DepartmentID;
    };
    query: {
      includeAgents?: boolean;
    };
    body: undefined;
    response: Success<{
      department: DepartmentsDepartment | null;
      agents?: DepartmentsMember[];
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
  /** The visitor's open room; opens one when there is none. */
  "GET /api/v1/livechat/room": {
    path: Record<string, never>;
    query: {
      token: string;
      rid?: RoomID;
      agentId?: UserID;
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
      agents?: UserID[];
      roomName?: string;
      departmentId?: DepartmentID;
      open?: boolean;
      queued?: boolean;
      onhold?: boolean;
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
  /** The sources rooms came from. */
  "GET /api/v1/livechat/rooms/filters": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<{
      filters: Source[];
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
      };
    };
    response: Success<{
      visitor: Visitor;
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
      /** JSON text: {term?, exceptions?: id[], conditions?}. */
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
      visitors: Found[];
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
      /** The second factor. */
      code?: string;
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
  /** The caller's own user. */
  "GET /api/v1/me": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Success<User>;
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
  /** The rooms the caller is a member of. */
  "GET /api/v1/rooms.get": {
    path: Record<string, never>;
    query: {
      updatedSince?: Instant;
    };
    body: undefined;
    response: Success<{
      update: ChatRoom[];
      remove: ChatRoom[];
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
      /** Comes with colours; not used. */
      editor?: string;
      color?: string;
      execute?: boolean;
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
      joinDefaultChannels?: boolean;
      requirePasswordChange?: boolean;
      sendWelcomeEmail?: boolean;
      setRandomPassword?: boolean;
      bio?: string;
      nickname?: string;
      statusText?: string;
      customFields?: Record<string, unknown>;
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
      confirmRelinquish?: boolean;
    };
    response: { success: true };
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
  /** Deactivate a user, which ends his sessions, or activate him again. */
  "POST /api/v1/users.setActiveStatus": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: {
      userId: UserID;
      activeStatus: boolean;
      confirmRelinquish?: boolean;
    };
    response: Success<{
      user: {
        _id: UserID;
        active: boolean;
      };
    }>;
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
  /** The widget's page. */
  "GET /livechat": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    response: Blob;
  };
  /** The widget's loader and files. */
  "GET /livechat/{file...}": {
    path: {
      file: string;
    };
    query: Record<string, never>;
    body: undefined;
    response: Blob;
  };
}
