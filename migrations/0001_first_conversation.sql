-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds, 0 = not set;
-- what only some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- platform/db
CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);

-- platform/outbox
CREATE TABLE outbox (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  key        TEXT NOT NULL,
  payload    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  claimed_by TEXT NOT NULL DEFAULT '',
  claimed_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_at ON outbox (at, id);

-- platform/jobs
CREATE TABLE jobs (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  key         TEXT NOT NULL DEFAULT '',
  payload     TEXT NOT NULL,
  due_at      BIGINT NOT NULL,
  attempt     BIGINT NOT NULL DEFAULT 0,
  lease_until BIGINT NOT NULL DEFAULT 0,
  last_error  TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  dead_at     BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX jobs_key ON jobs (kind, key) WHERE key <> '' AND dead_at = 0;
CREATE INDEX jobs_due ON jobs (kind, due_at, id) WHERE dead_at = 0;

-- features/sites
CREATE TABLE sites (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO sites (id, name, created_at) VALUES ('default', 'Default', 0);

-- features/accounts
CREATE TABLE users (
  id             TEXT PRIMARY KEY,
  username       TEXT NOT NULL,
  username_lower TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL DEFAULT '',
  type           TEXT NOT NULL DEFAULT 'user',
  active         BOOLEAN NOT NULL DEFAULT true,
  password_hash  TEXT NOT NULL DEFAULT '',
  status_default TEXT NOT NULL DEFAULT 'online',
  status_text    TEXT NOT NULL DEFAULT '',
  language       TEXT NOT NULL DEFAULT '',
  utc_offset     BIGINT NOT NULL DEFAULT 0, -- minutes
  preferences    TEXT NOT NULL DEFAULT '{}',
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL
);
CREATE TABLE user_emails (
  address  TEXT PRIMARY KEY, -- lower-cased
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  verified BOOLEAN NOT NULL
);
CREATE INDEX user_emails_user ON user_emails (user_id, position);
CREATE TABLE user_roles (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role    TEXT NOT NULL,
  PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_role ON user_roles (role);
CREATE TABLE permissions (
  id         TEXT PRIMARY KEY,
  roles      TEXT NOT NULL, -- JSON array of role ids
  updated_at BIGINT NOT NULL
);
CREATE TABLE sessions (
  id           TEXT PRIMARY KEY,
  user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash   TEXT NOT NULL UNIQUE,
  created_at   BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  ip           TEXT NOT NULL DEFAULT '',
  user_agent   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE tickets ( -- one-time: socket tickets and the set-up link
  hash       TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  user_id    TEXT NOT NULL DEFAULT '',
  session_id TEXT NOT NULL DEFAULT '',
  expires_at BIGINT NOT NULL
);

-- features/settings
CREATE TABLE settings (
  id         TEXT PRIMARY KEY,
  value      TEXT NOT NULL, -- JSON
  updated_at BIGINT NOT NULL
);
CREATE TABLE setting_changes (
  id       TEXT PRIMARY KEY,
  setting  TEXT NOT NULL,
  previous TEXT NOT NULL,
  value    TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX setting_changes_at ON setting_changes (at, id);

-- features/agents
CREATE TABLE agents (
  user_id         TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  status_livechat TEXT NOT NULL, -- available or not-available: wants to take chats
  system_modified BOOLEAN NOT NULL DEFAULT false, -- the server, not the agent, switched off
  status          TEXT NOT NULL DEFAULT 'offline', -- presence as last announced
  status_connection TEXT NOT NULL DEFAULT 'offline', -- of the connections alone
  ready           BOOLEAN NOT NULL DEFAULT false, -- availability conditions 1-4 as last announced
  livechat_count  BIGINT NOT NULL DEFAULT 0,
  last_assign_at  BIGINT NOT NULL DEFAULT 0,
  updated_at      BIGINT NOT NULL
);
CREATE TABLE presence ( -- one row a live connection: is reachable
  connection_id TEXT PRIMARY KEY,
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id    TEXT NOT NULL,
  status        TEXT NOT NULL, -- online or away
  expires_at    BIGINT NOT NULL
);
CREATE INDEX presence_user ON presence (user_id, expires_at);
CREATE INDEX presence_expiry ON presence (expires_at);
CREATE TABLE agent_changes (
  id              TEXT PRIMARY KEY,
  user_id         TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status_livechat TEXT NOT NULL,
  status          TEXT NOT NULL,
  cause           TEXT NOT NULL,
  by_user         TEXT NOT NULL DEFAULT '',
  at              BIGINT NOT NULL
);
CREATE INDEX agent_changes_user ON agent_changes (user_id, at);

-- features/departments
CREATE TABLE departments (
  id                   TEXT PRIMARY KEY,
  site_id              TEXT NOT NULL REFERENCES sites (id),
  name                 TEXT NOT NULL,
  description          TEXT NOT NULL DEFAULT '',
  email                TEXT NOT NULL DEFAULT '',
  enabled              BOOLEAN NOT NULL,
  archived             BOOLEAN NOT NULL DEFAULT false,
  show_on_registration BOOLEAN NOT NULL,
  show_on_offline_form BOOLEAN NOT NULL,
  updated_at           BIGINT NOT NULL
);
CREATE TABLE department_agents (
  department_id TEXT NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
  agent_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position      BIGINT NOT NULL DEFAULT 0, -- manual rank
  livechat_count BIGINT NOT NULL DEFAULT 0,
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (department_id, agent_id)
);
CREATE INDEX department_agents_agent ON department_agents (agent_id);

-- features/visitors
CREATE TABLE visitors (
  id            TEXT PRIMARY KEY,
  site_id       TEXT NOT NULL REFERENCES sites (id),
  username      TEXT NOT NULL UNIQUE,
  token         TEXT NOT NULL UNIQUE, -- chosen by the client; for our own widget a stand-in
  token_opens   BOOLEAN NOT NULL,     -- false: the token is a stand-in and no credential
  name          TEXT NOT NULL DEFAULT '',
  search        TEXT NOT NULL DEFAULT '', -- folded name, username, addresses, numbers
  ts            BIGINT NOT NULL,
  department_id TEXT NOT NULL DEFAULT '',
  status        TEXT NOT NULL DEFAULT 'online',
  last_chat_id  TEXT NOT NULL DEFAULT '',
  last_chat_at  BIGINT NOT NULL DEFAULT 0,
  livechat_data TEXT NOT NULL DEFAULT '{}',
  activity      TEXT NOT NULL DEFAULT '[]',
  user_agent    TEXT NOT NULL DEFAULT '',
  ip            TEXT NOT NULL DEFAULT '',
  host          TEXT NOT NULL DEFAULT '',
  updated_at    BIGINT NOT NULL
);
CREATE TABLE visitor_emails (
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  address    TEXT NOT NULL,
  PRIMARY KEY (visitor_id, position)
);
CREATE INDEX visitor_emails_address ON visitor_emails (address);
CREATE TABLE visitor_phones (
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  number     TEXT NOT NULL,
  PRIMARY KEY (visitor_id, position)
);
CREATE INDEX visitor_phones_number ON visitor_phones (number);
CREATE TABLE visitor_sessions ( -- our own widget's secrets, stored hashed
  secret_hash  TEXT PRIMARY KEY,
  visitor_id   TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  created_at   BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL
);
CREATE INDEX visitor_sessions_visitor ON visitor_sessions (visitor_id);
CREATE TABLE pages (
  id         TEXT PRIMARY KEY,
  visitor_id TEXT NOT NULL, -- before the registration: 'token:' and the token's hash
  room_id    TEXT NOT NULL DEFAULT '',
  change     TEXT NOT NULL, -- url or title
  title      TEXT NOT NULL,
  href       TEXT NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX pages_visitor ON pages (visitor_id, at);
CREATE INDEX pages_room ON pages (room_id, at);
CREATE INDEX pages_at ON pages (at) WHERE room_id = '';

-- features/rooms
CREATE TABLE rooms (
  id                   TEXT PRIMARY KEY,
  site_id              TEXT NOT NULL REFERENCES sites (id),
  code                 BIGINT NOT NULL,
  fname                TEXT NOT NULL,
  ts                   BIGINT NOT NULL,
  lm                   BIGINT NOT NULL,
  msgs                 BIGINT NOT NULL DEFAULT 0,
  seq                  BIGINT NOT NULL DEFAULT 0,
  users_count          BIGINT NOT NULL DEFAULT 1,
  open                 BOOLEAN NOT NULL,
  visitor_id           TEXT NOT NULL,
  v                    TEXT NOT NULL, -- JSON snapshot of the visitor
  department_id        TEXT NOT NULL DEFAULT '',
  source_type          TEXT NOT NULL,
  source               TEXT NOT NULL, -- JSON
  queued_at            BIGINT NOT NULL DEFAULT 0,
  served_by            TEXT NOT NULL DEFAULT '', -- user id
  served_by_username   TEXT NOT NULL DEFAULT '',
  served_at            BIGINT NOT NULL DEFAULT 0,
  waiting_response     BOOLEAN NOT NULL DEFAULT true,
  response_by          TEXT NOT NULL DEFAULT '', -- JSON or ''
  livechat_data        TEXT NOT NULL DEFAULT '{}',
  tags                 TEXT NOT NULL DEFAULT '[]',
  topic                TEXT NOT NULL DEFAULT '',
  label                TEXT NOT NULL DEFAULT '',
  priority_weight      BIGINT NOT NULL DEFAULT 99,
  sla_minutes          BIGINT NOT NULL DEFAULT 9999999,
  on_hold              BOOLEAN NOT NULL DEFAULT false,
  metrics              TEXT NOT NULL DEFAULT '{}',
  closed_at            BIGINT NOT NULL DEFAULT 0,
  closer               TEXT NOT NULL DEFAULT '',
  closed_by            TEXT NOT NULL DEFAULT '', -- JSON or ''
  last_seq             BIGINT NOT NULL DEFAULT 0, -- number of the last message
  visitor_at           BIGINT NOT NULL DEFAULT 0, -- the visitor's last message
  visitor_seen         BIGINT NOT NULL DEFAULT 0, -- the number the visitor has read up to
  asked_at             BIGINT NOT NULL DEFAULT 0, -- metrics.v.lq
  answered_at          BIGINT NOT NULL DEFAULT 0, -- metrics.servedBy.lr
  contact_id           TEXT NOT NULL DEFAULT '',
  custom_fields        TEXT NOT NULL DEFAULT '{}',
  survey_feedback      TEXT NOT NULL DEFAULT '{}',
  updated_at           BIGINT NOT NULL
);
-- LC-START-3: at most one open room per visitor and source
CREATE UNIQUE INDEX rooms_open_visitor ON rooms (visitor_id, source_type) WHERE open;
CREATE INDEX rooms_visitor ON rooms (visitor_id, ts);
CREATE INDEX rooms_served ON rooms (served_by, ts) WHERE open;
CREATE INDEX rooms_ts ON rooms (ts, id);
CREATE INDEX rooms_closed ON rooms (closed_at, id);
CREATE INDEX rooms_department ON rooms (department_id, ts);
CREATE TABLE messages (
  id              TEXT PRIMARY KEY,
  room_id         TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq             BIGINT NOT NULL,
  msg             TEXT NOT NULL,
  ts              BIGINT NOT NULL,
  t               TEXT NOT NULL DEFAULT '',
  sender_id       TEXT NOT NULL,
  sender_username TEXT NOT NULL,
  sender_name     TEXT NOT NULL DEFAULT '',
  by_visitor      BOOLEAN NOT NULL,
  alias           TEXT NOT NULL DEFAULT '',
  ungroupable     BOOLEAN NOT NULL DEFAULT false,
  hidden          BOOLEAN NOT NULL DEFAULT false,
  edited_at       BIGINT NOT NULL DEFAULT 0,
  edited_by       TEXT NOT NULL DEFAULT '', -- JSON or ''
  extra           TEXT NOT NULL DEFAULT '', -- JSON or ''
  updated_at      BIGINT NOT NULL,
  UNIQUE (room_id, seq) -- the order of seq is the order of ts
);
CREATE TABLE room_changes ( -- what has a number in its room and is no message
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq     BIGINT NOT NULL,
  name    TEXT NOT NULL,
  data    TEXT NOT NULL, -- JSON
  at      BIGINT NOT NULL,
  PRIMARY KEY (room_id, seq)
);
CREATE TABLE subscriptions (
  id             TEXT PRIMARY KEY,
  room_id        TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id        TEXT NOT NULL,
  ts             BIGINT NOT NULL,
  ls             BIGINT NOT NULL DEFAULT 0, -- when the room was last read; 0 = never
  seen           BIGINT NOT NULL,           -- the number read up to; unread is counted from it
  updated_at     BIGINT NOT NULL,
  UNIQUE (room_id, user_id)
);
CREATE INDEX subscriptions_user ON subscriptions (user_id, room_id);

-- features/routing
CREATE TABLE inquiries ( -- name, visitor, source and priority are the room's
  id            TEXT PRIMARY KEY,
  room_id       TEXT NOT NULL UNIQUE REFERENCES rooms (id) ON DELETE CASCADE,
  status        TEXT NOT NULL,
  department_id TEXT NOT NULL DEFAULT '',
  ts            BIGINT NOT NULL,
  queued_at     BIGINT NOT NULL DEFAULT 0,
  taken_at      BIGINT NOT NULL DEFAULT 0,
  default_agent TEXT NOT NULL DEFAULT '', -- user id of the preferred agent
  returned_by   TEXT NOT NULL DEFAULT '', -- the agent who gave it back last
  updated_at    BIGINT NOT NULL
);
CREATE INDEX inquiries_queue ON inquiries (ts, id) WHERE status = 'queued';
CREATE TABLE decisions ( -- why routing gave a room to whom
  id      TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  agent   TEXT NOT NULL DEFAULT '',
  method  TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      BIGINT NOT NULL
);
CREATE INDEX decisions_room ON decisions (room_id, at);

-- +goose Down
SELECT 'the first migration is not undone: restore a backup instead';
