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
CREATE TABLE agents (
  user_id         TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  status_livechat TEXT NOT NULL, -- available or not-available: wants to take chats
  system_modified BOOLEAN NOT NULL DEFAULT false, -- the server, not the agent, switched off
  status          TEXT NOT NULL DEFAULT 'offline', -- presence as last announced
  status_connection TEXT NOT NULL DEFAULT 'offline', -- of the connections alone
  ready           BOOLEAN NOT NULL DEFAULT false, -- availability conditions 1-4 as last announced
  last_assign_at  BIGINT NOT NULL DEFAULT 0,
  updated_at      BIGINT NOT NULL
, max_chats BIGINT NOT NULL DEFAULT 0, open_hours TEXT NOT NULL DEFAULT '[]', ready_at BIGINT NOT NULL DEFAULT 0);
CREATE TABLE analytics_agents ( -- names of who served, also when they are gone
  agent_id TEXT PRIMARY KEY,
  username TEXT NOT NULL
);
CREATE TABLE analytics_blocks ( -- sums of 8 and of 64 days
  size          BIGINT NOT NULL, -- in days
  block         BIGINT NOT NULL, -- since 1970
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  rooms         BIGINT NOT NULL DEFAULT 0,
  answered      BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  waited_ms     BIGINT NOT NULL DEFAULT 0, -- first responses of the answered
  best_ms       BIGINT NOT NULL DEFAULT -1, -- -1: none
  slowest_ms    BIGINT NOT NULL DEFAULT 0,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  slowest_reaction_ms BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  longest_ms    BIGINT NOT NULL DEFAULT 0,
  served        BIGINT NOT NULL DEFAULT 0,
  service_ms    BIGINT NOT NULL DEFAULT 0,
  spans         BIGINT NOT NULL DEFAULT 0,
  span_ms       BIGINT NOT NULL DEFAULT 0,
  abandoned     BIGINT NOT NULL DEFAULT 0,
  last_closed   BIGINT NOT NULL DEFAULT 0, assigned BIGINT NOT NULL DEFAULT 0, queue_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (size, block, department_id, unit_id, agent_id)
);
CREATE TABLE analytics_days ( -- sums of a UTC day's conversations
  day           BIGINT NOT NULL, -- since 1970
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  rooms         BIGINT NOT NULL DEFAULT 0,
  answered      BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  waited_ms     BIGINT NOT NULL DEFAULT 0, -- first responses of the answered
  best_ms       BIGINT NOT NULL DEFAULT -1, -- -1: none
  slowest_ms    BIGINT NOT NULL DEFAULT 0,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  slowest_reaction_ms BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  longest_ms    BIGINT NOT NULL DEFAULT 0,
  served        BIGINT NOT NULL DEFAULT 0,
  service_ms    BIGINT NOT NULL DEFAULT 0,
  spans         BIGINT NOT NULL DEFAULT 0,
  span_ms       BIGINT NOT NULL DEFAULT 0,
  abandoned     BIGINT NOT NULL DEFAULT 0,
  last_closed   BIGINT NOT NULL DEFAULT 0, assigned BIGINT NOT NULL DEFAULT 0, queue_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (day, department_id, unit_id, agent_id)
);
CREATE TABLE analytics_hours ( -- sums of 2 and of 4 quarters of an hour
  width         BIGINT NOT NULL, -- in quarters
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  slot          BIGINT NOT NULL, -- since 1970
  rooms         BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  best_ms       BIGINT NOT NULL DEFAULT -1,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (width, department_id, slot, unit_id)
);
CREATE TABLE analytics_labels ( -- conversations of a UTC day by source and by tag; tag '' is none
  day     BIGINT NOT NULL,
  kind    TEXT NOT NULL, -- source or tag
  label   TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  rooms   BIGINT NOT NULL,
  PRIMARY KEY (kind, day, unit_id, label)
);
CREATE TABLE analytics_marks (
  id    TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
CREATE TABLE analytics_part_sums ( -- of a UTC day, of 8 and of 64
  size          BIGINT NOT NULL, -- in days
  block         BIGINT NOT NULL, -- since 1970
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  rooms         BIGINT NOT NULL DEFAULT 0,
  replied       BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  firsts        BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  best_ms       BIGINT NOT NULL DEFAULT -1,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  ended         BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (size, block, department_id, unit_id, agent_id)
);
CREATE TABLE analytics_parts ( -- of counted conversations
  room_id       TEXT NOT NULL,
  agent_id      TEXT NOT NULL,
  username      TEXT NOT NULL,
  ts            BIGINT NOT NULL, -- these three are the conversation's
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  rooms         BIGINT NOT NULL, -- 1 for one of those who replied, so that conversations can be counted
  replied       BIGINT NOT NULL, -- 0 or 1
  messages      BIGINT NOT NULL,
  response_us   BIGINT NOT NULL, -- mean response time, microseconds
  firsts        BIGINT NOT NULL, -- 0 or 1: gave the first response
  first_ms      BIGINT NOT NULL,
  best_ms       BIGINT NOT NULL, -- -1: none
  reaction_ms   BIGINT NOT NULL,
  ended         BIGINT NOT NULL, -- 0 or 1
  duration_ms   BIGINT NOT NULL,
  PRIMARY KEY (room_id, agent_id)
);
CREATE INDEX analytics_parts_ts ON analytics_parts (ts);
CREATE TABLE analytics_rooms ( -- closed conversations; absent figures are NULL
  room_id        TEXT PRIMARY KEY, -- no key: the sums are put right after the room is gone
  visitor_id     TEXT NOT NULL,
  ts             BIGINT NOT NULL,
  closed_at      BIGINT NOT NULL,
  department_id  TEXT NOT NULL,
  unit_id        TEXT NOT NULL,
  agent_id       TEXT NOT NULL,
  waiting        BOOLEAN NOT NULL,
  messages       BIGINT NOT NULL,
  agent_messages BIGINT NOT NULL,
  response_us    BIGINT, -- mean response time, microseconds
  first_ms       BIGINT, -- first response
  reaction_ms    BIGINT, -- first reaction
  duration_ms    BIGINT NOT NULL,
  service_ms     BIGINT,
  inactivity_ms  BIGINT,
  span_ms        BIGINT, -- from the assignment to the agent's last message
  source         TEXT NOT NULL,
  tags           TEXT NOT NULL -- JSON
, queue_ms BIGINT);
CREATE INDEX analytics_rooms_ts ON analytics_rooms (ts);
CREATE INDEX analytics_rooms_visitor ON analytics_rooms (visitor_id);
CREATE INDEX analytics_rooms_whose ON analytics_rooms (department_id, agent_id, ts);
CREATE TABLE analytics_slots ( -- sums of a quarter of an hour; '*' is all departments, all units
  department_id TEXT NOT NULL,
  unit_id       TEXT NOT NULL,
  slot          BIGINT NOT NULL, -- since 1970
  rooms         BIGINT NOT NULL DEFAULT 0,
  messages      BIGINT NOT NULL DEFAULT 0,
  agent_messages BIGINT NOT NULL DEFAULT 0,
  responded     BIGINT NOT NULL DEFAULT 0,
  response_us   BIGINT NOT NULL DEFAULT 0,
  first_ms      BIGINT NOT NULL DEFAULT 0,
  best_ms       BIGINT NOT NULL DEFAULT -1,
  reaction_ms   BIGINT NOT NULL DEFAULT 0,
  duration_ms   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (department_id, slot, unit_id)
);
CREATE TABLE analytics_transfers (
  message_id    TEXT PRIMARY KEY, -- no key: put right after the message is gone
  room_id       TEXT NOT NULL,
  ts            BIGINT NOT NULL,
  department_id TEXT NOT NULL, -- of the conversation, as it is counted
  unit_id       TEXT NOT NULL
);
CREATE INDEX analytics_transfers_room ON analytics_transfers (room_id);
CREATE INDEX analytics_transfers_ts ON analytics_transfers (ts, department_id, unit_id);
CREATE TABLE assets (
	setting TEXT PRIMARY KEY, -- whose value names the file
	type    TEXT NOT NULL,
	content TEXT NOT NULL,    -- base64, small: it changes with the setting, in one transaction
	tag     TEXT NOT NULL     -- of the content
);
CREATE TABLE business_hour_checks ( -- one row: the latest instant the hours were looked at
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);
CREATE TABLE business_hour_days ( -- open windows in local time; several a day may exist
  hour_id TEXT NOT NULL REFERENCES business_hours (id) ON DELETE CASCADE,
  day     BIGINT NOT NULL, -- 0 Sunday to 6 Saturday
  start   BIGINT NOT NULL, -- minute of the day
  finish  BIGINT NOT NULL,
  open    BOOLEAN NOT NULL, position BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (hour_id, day, start)
);
CREATE TABLE business_hours (
  id         TEXT PRIMARY KEY,
  type       TEXT NOT NULL, -- default or custom
  name       TEXT NOT NULL DEFAULT '',
  name_lower TEXT NOT NULL UNIQUE,
  active     BOOLEAN NOT NULL,
  timezone   TEXT NOT NULL, -- a name of the zone database
  utc_offset BIGINT NOT NULL DEFAULT 0, -- minutes, of the zone when it was saved
  ts         BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
, open BOOLEAN NOT NULL DEFAULT false);
CREATE TABLE canned_responses (
  id            TEXT PRIMARY KEY,
  shortcut      TEXT NOT NULL,
  text          TEXT NOT NULL,
  search        TEXT NOT NULL, -- lower-cased shortcut and text
  scope         TEXT NOT NULL, -- global, department or user
  department_id TEXT NOT NULL DEFAULT '', -- of scope department
  user_id       TEXT NOT NULL DEFAULT '', -- of scope user
  tags          TEXT NOT NULL DEFAULT '[]', -- JSON: names
  created_by    TEXT NOT NULL, -- user id
  creator       TEXT NOT NULL, -- his username then
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  UNIQUE (shortcut, scope, department_id, user_id)
);
CREATE INDEX canned_responses_department ON canned_responses (department_id) WHERE department_id <> '';
CREATE INDEX canned_responses_user ON canned_responses (user_id) WHERE user_id <> '';
CREATE TABLE contact_addresses (
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL, -- email or phone
  position   BIGINT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (contact_id, kind, position)
);
CREATE INDEX contact_addresses_value ON contact_addresses (kind, value);
CREATE TABLE contact_channels (
  visitor_id   TEXT NOT NULL,
  source_type  TEXT NOT NULL,
  source_id    TEXT NOT NULL DEFAULT '',
  contact_id   TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  name         TEXT NOT NULL,
  details      TEXT NOT NULL, -- JSON: the source
  verified     BOOLEAN NOT NULL DEFAULT false,
  blocked      BOOLEAN NOT NULL DEFAULT false,
  last_chat_id TEXT NOT NULL DEFAULT '',
  last_chat_at BIGINT NOT NULL DEFAULT 0, verified_at BIGINT NOT NULL DEFAULT 0, field TEXT NOT NULL DEFAULT '', value TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (visitor_id, source_type, source_id)
);
CREATE INDEX contact_channels_contact ON contact_channels (contact_id);
CREATE INDEX contact_channels_verified ON contact_channels (field, value) WHERE verified;
CREATE TABLE contact_values ( -- of custom fields
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  field      TEXT NOT NULL,
  value      TEXT NOT NULL,
  folded     TEXT NOT NULL, -- as it is searched
  PRIMARY KEY (contact_id, field)
);
CREATE INDEX contact_values_field ON contact_values (field);
CREATE TABLE contacts (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  search       TEXT NOT NULL, -- folded name, addresses and numbers
  manager      TEXT NOT NULL DEFAULT '', -- user id
  unknown      BOOLEAN NOT NULL,
  conflicts    TEXT NOT NULL DEFAULT '[]', -- JSON
  last_chat_id TEXT NOT NULL DEFAULT '',
  last_chat_at BIGINT NOT NULL DEFAULT 0,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE INDEX contacts_manager ON contacts (manager) WHERE manager <> '';
CREATE INDEX contacts_name ON contacts (name, id);
CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
CREATE TABLE custom_fields (
  id            TEXT PRIMARY KEY,
  label         TEXT NOT NULL,
  scope         TEXT NOT NULL, -- visitor or room
  visibility    TEXT NOT NULL, -- visible or hidden
  regexp        TEXT NOT NULL DEFAULT '',
  searchable    BOOLEAN NOT NULL,
  type          TEXT NOT NULL, -- input or select
  required      BOOLEAN NOT NULL,
  default_value TEXT NOT NULL DEFAULT '',
  options       TEXT NOT NULL DEFAULT '',
  public        BOOLEAN NOT NULL,
  updated_at    BIGINT NOT NULL
);
CREATE TABLE decisions ( -- why routing gave a room to whom
  id      TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  agent   TEXT NOT NULL DEFAULT '',
  method  TEXT NOT NULL,
  reason  TEXT NOT NULL,
  at      BIGINT NOT NULL
, kind TEXT NOT NULL DEFAULT '', department_id TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL DEFAULT '');
CREATE INDEX decisions_at ON decisions (at, id);
CREATE INDEX decisions_room ON decisions (room_id, at);
CREATE TABLE department_agents (
  department_id TEXT NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
  agent_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position      BIGINT NOT NULL DEFAULT 0, -- manual rank
  updated_at    BIGINT NOT NULL,
  PRIMARY KEY (department_id, agent_id)
);
CREATE INDEX department_agents_agent ON department_agents (agent_id);
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
, unit_id TEXT NOT NULL DEFAULT '', business_hour_id TEXT NOT NULL DEFAULT '', offline_channel TEXT NOT NULL DEFAULT '', request_tag BOOLEAN NOT NULL DEFAULT false, closing_tags TEXT NOT NULL DEFAULT '[]', fallback_id TEXT NOT NULL DEFAULT '', forward_to TEXT NOT NULL DEFAULT '[]', receive_offline BOOLEAN NOT NULL DEFAULT false, max_chats BIGINT NOT NULL DEFAULT 0, abandon_seconds BIGINT NOT NULL DEFAULT 0, abandon_message TEXT NOT NULL DEFAULT '', queue_message TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '{}', name_lower TEXT NOT NULL DEFAULT '', had_unit BOOLEAN NOT NULL DEFAULT false);
CREATE INDEX departments_hour ON departments (business_hour_id) WHERE business_hour_id <> '';
CREATE INDEX departments_site ON departments (site_id);
CREATE INDEX departments_unit ON departments (unit_id) WHERE unit_id <> '';
CREATE TABLE email_inboxes (
  id            TEXT PRIMARY KEY,
  active        BOOLEAN NOT NULL,
  name          TEXT NOT NULL,
  email         TEXT NOT NULL UNIQUE, -- in small letters
  description   TEXT NOT NULL,
  sender_info   TEXT NOT NULL, -- the sender's name
  department_id TEXT NOT NULL, -- '' = none
  smtp          TEXT NOT NULL, -- JSON; the passwords in it are sealed
  imap          TEXT NOT NULL, -- JSON
  state         TEXT NOT NULL, -- waiting, connected, retrying or off
  error         TEXT NOT NULL DEFAULT '', -- a code
  answer        TEXT NOT NULL DEFAULT '', -- what the server said with it
  failures      BIGINT NOT NULL DEFAULT 0, -- one after the other
  retry_at      BIGINT NOT NULL DEFAULT 0,
  held          BIGINT NOT NULL DEFAULT 0, -- mails that cannot be taken in yet
  held_for      TEXT NOT NULL DEFAULT '', -- a code
  watcher       TEXT NOT NULL DEFAULT '', -- the process that reads it
  watched_until BIGINT NOT NULL DEFAULT 0,
  revision      BIGINT NOT NULL DEFAULT 1, -- counts people's changes
  created_at    BIGINT NOT NULL, -- mails that came before are left alone
  created_by    TEXT NOT NULL, -- JSON
  updated_at    BIGINT NOT NULL
);
CREATE TABLE files (
  id         TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL, -- no key: a file outlives its room until its content is gone
  message_id TEXT NOT NULL DEFAULT '', -- '' = not said yet
  kind       TEXT NOT NULL DEFAULT 'upload', -- upload, or what the server itself made of the room
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  size       BIGINT NOT NULL,
  width      BIGINT NOT NULL DEFAULT 0, -- of pictures
  height     BIGINT NOT NULL DEFAULT 0,
  preview    TEXT NOT NULL DEFAULT '',
  thumbnail  BOOLEAN NOT NULL DEFAULT false, -- a smaller picture is stored too
  by_visitor BOOLEAN NOT NULL,
  sender_id  TEXT NOT NULL,
  secret     TEXT NOT NULL, -- signs links to this file
  created_at BIGINT NOT NULL
);
CREATE INDEX files_created ON files (created_at);
CREATE INDEX files_message ON files (message_id);
CREATE INDEX files_room ON files (room_id, created_at);
CREATE TABLE handovers (
  code_hash  TEXT PRIMARY KEY,
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  from_host  TEXT NOT NULL,
  to_host    TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE TABLE identity_checks (
  id      TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  at      BIGINT NOT NULL,
  body    TEXT NOT NULL -- JSON
);
CREATE INDEX identity_checks_room ON identity_checks (room_id, at);
CREATE TABLE identity_claims ( -- what a page says about its visitor, until the room is closed
  room_id    TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  value      TEXT NOT NULL, -- sealed
  updated_at BIGINT NOT NULL
);
CREATE TABLE inbox_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
CREATE TABLE inbox_mails ( -- each is handled once, for good
  message_id TEXT PRIMARY KEY,
  at         BIGINT NOT NULL
);
CREATE TABLE inbox_senders ( -- who writes from an address
  address    TEXT NOT NULL,
  site_id    TEXT NOT NULL,
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  PRIMARY KEY (address, site_id)
);
CREATE INDEX inbox_senders_visitor ON inbox_senders (visitor_id);
CREATE TABLE inbox_threads ( -- the ids of mails that belong into a room
  message_id TEXT NOT NULL,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, room_id)
);
CREATE INDEX inbox_threads_room ON inbox_threads (room_id);
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
, priority_weight BIGINT NOT NULL DEFAULT 99, sla_minutes BIGINT NOT NULL DEFAULT 9999999, deadline BIGINT NOT NULL DEFAULT 0, default_agent_why TEXT NOT NULL DEFAULT '');
CREATE INDEX inquiries_by_age ON inquiries (department_id, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_deadline ON inquiries (department_id, deadline, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_priority ON inquiries (department_id, priority_weight, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_by_sla ON inquiries (department_id, sla_minutes, ts, updated_at DESC, id) WHERE status = 'queued';
CREATE INDEX inquiries_queue ON inquiries (ts, id) WHERE status = 'queued';
CREATE INDEX inquiries_wish ON inquiries (department_id, default_agent) WHERE status = 'queued' AND default_agent <> '';
CREATE TABLE integration_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
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
CREATE INDEX jobs_due ON jobs (kind, due_at, id) WHERE dead_at = 0;
CREATE UNIQUE INDEX jobs_key ON jobs (kind, key) WHERE key <> '' AND dead_at = 0;
CREATE TABLE livechatoo_notes (
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  name       TEXT NOT NULL, -- that only agents see
  department TEXT NOT NULL, -- of the page's own list
  targets    TEXT NOT NULL, -- JSON, the target pages that the visitor has reached
  updated_at BIGINT NOT NULL
);
CREATE TABLE livechatoo_numbers (
  kind    TEXT NOT NULL, -- department or operator
  id      TEXT NOT NULL,
  no      BIGINT NOT NULL, -- never given twice
  welcome TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (kind, id),
  UNIQUE (kind, no)
);
CREATE TABLE mailer_recipients ( -- of mails to many users
  user_id         TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token           TEXT NOT NULL UNIQUE, -- in the link that ends them
  unsubscribed_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE mails (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  about      TEXT NOT NULL DEFAULT '', -- whose data it holds
  recipient  TEXT NOT NULL,
  subject    TEXT NOT NULL,
  message    TEXT NOT NULL,            -- JSON; empty once it is sent
  state      TEXT NOT NULL,            -- waiting, sent, dead, kept or unsent
  attempts   BIGINT NOT NULL DEFAULT 0,
  error      TEXT NOT NULL DEFAULT '', -- code of the last failure
  status     BIGINT NOT NULL DEFAULT 0, -- what the server answered last, 0 = nothing
  answer     TEXT NOT NULL DEFAULT '',
  due_at     BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  done_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mails_about ON mails (about) WHERE about <> '';
CREATE INDEX mails_created ON mails (created_at, id);
CREATE INDEX mails_state ON mails (state, created_at, id);
CREATE VIRTUAL TABLE message_words USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
CREATE TRIGGER message_words_gone AFTER DELETE ON messages WHEN old.words <> '' BEGIN
  INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', old.rowid, old.words);
END;
CREATE TRIGGER message_words_new AFTER INSERT ON messages WHEN new.words <> '' BEGIN
  INSERT INTO message_words (rowid, words) VALUES (new.rowid, new.words);
END;
CREATE TRIGGER message_words_other AFTER UPDATE OF words ON messages WHEN old.words <> new.words BEGIN
  INSERT INTO message_words (message_words, rowid, words) SELECT 'delete', old.rowid, old.words WHERE old.words <> '';
  INSERT INTO message_words (rowid, words) SELECT new.rowid, new.words WHERE new.words <> '';
END;
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
  updated_at      BIGINT NOT NULL, words TEXT NOT NULL DEFAULT '',
  UNIQUE (room_id, seq) -- the order of seq is the order of ts
);
CREATE INDEX messages_transferred ON messages (room_id, ts) WHERE t = 'livechat_transfer_history';
CREATE INDEX messages_transfers ON messages (ts, room_id) WHERE t = 'livechat_transfer_history';
CREATE TABLE messenger_incoming ( -- what came, and its id for a while so that a repeat is known
  id        TEXT PRIMARY KEY,
  page_id   TEXT NOT NULL,
  person_id TEXT NOT NULL,
  position  BIGINT NOT NULL, -- in what this person wrote
  note      TEXT NOT NULL, -- JSON; '' = done
  came_at   BIGINT NOT NULL,
  FOREIGN KEY (page_id, person_id) REFERENCES messenger_people (page_id, person_id) ON DELETE CASCADE
);
CREATE INDEX messenger_incoming_done ON messenger_incoming (came_at) WHERE note = '';
CREATE INDEX messenger_incoming_waiting ON messenger_incoming (page_id, person_id, position);
CREATE TABLE messenger_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
CREATE TABLE messenger_outgoing ( -- what is said to people in Messenger, and what became of it
  id        TEXT PRIMARY KEY, -- the message's, or one of its own
  kind      TEXT NOT NULL, -- message, welcome, finished or offline
  page_id   TEXT NOT NULL,
  person_id TEXT NOT NULL,
  room_id   TEXT REFERENCES rooms (id) ON DELETE CASCADE, -- NULL = no chat was opened
  queued_at BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  state     TEXT NOT NULL, -- waiting, sent, failed or nothing to send
  parts     BIGINT NOT NULL, -- of it that were sent
  attempts  BIGINT NOT NULL, -- to send the next one
  due_at    BIGINT NOT NULL,
  FOREIGN KEY (page_id, person_id) REFERENCES messenger_people (page_id, person_id) ON DELETE CASCADE
);
CREATE INDEX messenger_outgoing_person ON messenger_outgoing (page_id, person_id);
CREATE INDEX messenger_outgoing_room ON messenger_outgoing (room_id);
CREATE INDEX messenger_outgoing_waiting ON messenger_outgoing (page_id, person_id, queued_at, seq) WHERE state = 'waiting';
CREATE TABLE messenger_pages (
  id               TEXT PRIMARY KEY, -- Facebook's
  name             TEXT NOT NULL,
  access_token     TEXT NOT NULL, -- '' = that of the settings
  department_id    TEXT NOT NULL, -- '' = none
  welcome_message  TEXT NOT NULL,
  finished_message TEXT NOT NULL,
  offline_message  TEXT NOT NULL,
  subscribed       BOOLEAN NOT NULL,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL
);
CREATE TABLE messenger_people ( -- who writes to which page
  page_id    TEXT NOT NULL,
  person_id  TEXT NOT NULL, -- Facebook's, for this page; of a gateway its token
  visitor_id TEXT REFERENCES visitors (id) ON DELETE CASCADE, -- NULL = not met yet
  wrote_at   BIGINT NOT NULL,
  PRIMARY KEY (page_id, person_id)
);
CREATE UNIQUE INDEX messenger_people_visitor ON messenger_people (visitor_id) WHERE visitor_id IS NOT NULL;
CREATE TABLE offers ( -- the agent a visitor was shown as the next one
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  agent_id   TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  at         BIGINT NOT NULL
);
CREATE TABLE offline_messages (
  id            TEXT PRIMARY KEY,
  at            BIGINT NOT NULL,
  name          TEXT NOT NULL,
  email         TEXT NOT NULL,
  email_lower   TEXT NOT NULL,
  phone         TEXT NOT NULL DEFAULT '',
  text          TEXT NOT NULL,
  search        TEXT NOT NULL, -- folded name, address, text
  department_id TEXT NOT NULL DEFAULT '',
  asked         TEXT NOT NULL DEFAULT '', -- the department as the form named it
  host          TEXT NOT NULL DEFAULT '',
  channel       TEXT NOT NULL DEFAULT '',
  state         TEXT NOT NULL, -- new, read or handled
  handled_by    TEXT NOT NULL DEFAULT '',
  handled_at    BIGINT NOT NULL DEFAULT 0
, visitor_id TEXT NOT NULL DEFAULT '', claim TEXT NOT NULL DEFAULT '', room_id TEXT NOT NULL DEFAULT '', agent_id TEXT NOT NULL DEFAULT '');
CREATE INDEX offline_messages_at ON offline_messages (at, id);
CREATE INDEX offline_messages_channel ON offline_messages (lower(channel)) WHERE channel <> '';
CREATE INDEX offline_messages_claim ON offline_messages (claim) WHERE claim <> '';
CREATE INDEX offline_messages_email ON offline_messages (email_lower, at);
CREATE INDEX offline_messages_new ON offline_messages (department_id) WHERE state = 'new';
CREATE INDEX offline_messages_visitor ON offline_messages (visitor_id) WHERE visitor_id <> '';
CREATE TABLE outbox (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  key        TEXT NOT NULL,
  payload    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  claimed_by TEXT NOT NULL DEFAULT '',
  claimed_at BIGINT NOT NULL DEFAULT 0
, place BIGINT NOT NULL DEFAULT 0);
CREATE INDEX outbox_place ON outbox (key, place) WHERE place > 0;
CREATE TABLE pages (
  id         TEXT PRIMARY KEY,
  visitor_id TEXT NOT NULL, -- before the registration: 'token:' and the token's hash
  room_id    TEXT NOT NULL DEFAULT '',
  change     TEXT NOT NULL, -- url or title
  title      TEXT NOT NULL,
  href       TEXT NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX pages_at ON pages (at) WHERE room_id = '';
CREATE INDEX pages_room ON pages (room_id, at);
CREATE INDEX pages_visitor ON pages (visitor_id, at);
CREATE TABLE pdf_notices ( -- what became of the PDFs somebody asked for, until he puts it away
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  file_id TEXT NOT NULL, -- '': it could not be made
  at      BIGINT NOT NULL,
  PRIMARY KEY (user_id, room_id)
);
CREATE INDEX pdf_notices_room ON pdf_notices (room_id);
CREATE TABLE permissions (
  id         TEXT PRIMARY KEY,
  roles      TEXT NOT NULL, -- JSON array of role ids
  updated_at BIGINT NOT NULL
);
CREATE TABLE portraits (
	user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
	type    TEXT NOT NULL,
	content TEXT NOT NULL, -- base64, small: it goes with the user, in his transaction
	tag     TEXT NOT NULL  -- of the content
);
CREATE TABLE presence ( -- one row a live connection: is reachable
  connection_id TEXT PRIMARY KEY,
  user_id       TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id    TEXT NOT NULL,
  status        TEXT NOT NULL, -- online or away
  expires_at    BIGINT NOT NULL
);
CREATE INDEX presence_expiry ON presence (expires_at);
CREATE INDEX presence_user ON presence (user_id, expires_at);
CREATE TABLE priorities ( -- exactly five
  id         TEXT PRIMARY KEY,
  i18n       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL DEFAULT '', -- when renamed
  weight     BIGINT NOT NULL UNIQUE,   -- 1 highest to 5 lowest
  updated_at BIGINT NOT NULL
);
CREATE TABLE room_changes ( -- what has a number in its room and is no message
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq     BIGINT NOT NULL,
  name    TEXT NOT NULL,
  data    TEXT NOT NULL, -- JSON
  at      BIGINT NOT NULL,
  PRIMARY KEY (room_id, seq)
);
CREATE TABLE room_replies (
  room_id        TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq            BIGINT NOT NULL, -- of the message, which may be gone
  agent_id       TEXT NOT NULL,
  agent_username TEXT NOT NULL,
  took_ms        BIGINT NOT NULL,
  reaction_ms    BIGINT, -- since the assignment; only of the room's first
  PRIMARY KEY (room_id, seq)
);
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
, unit_id TEXT NOT NULL DEFAULT '', priority_id TEXT NOT NULL DEFAULT '', sla_id TEXT NOT NULL DEFAULT '', held_at BIGINT NOT NULL DEFAULT 0, abandoned_at BIGINT NOT NULL DEFAULT 0, transferred_at BIGINT NOT NULL DEFAULT 0, silent_at BIGINT NOT NULL DEFAULT 0, crm_data TEXT NOT NULL DEFAULT '', transcript_request TEXT NOT NULL DEFAULT '', pdf_requested BOOLEAN NOT NULL DEFAULT false, pdf_file TEXT NOT NULL DEFAULT '', initiator TEXT NOT NULL DEFAULT 'client', queue_ms BIGINT, source_id TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '', verifying BOOLEAN NOT NULL DEFAULT false, verified BOOLEAN NOT NULL DEFAULT false);
CREATE INDEX rooms_closed ON rooms (closed_at, id);
CREATE INDEX rooms_closed_department ON rooms (department_id, closed_at) WHERE NOT open;
CREATE INDEX rooms_contact ON rooms (contact_id, ts) WHERE contact_id <> '';
CREATE INDEX rooms_department ON rooms (department_id, ts);
CREATE INDEX rooms_open_ts ON rooms (ts, id) WHERE open;
CREATE UNIQUE INDEX rooms_open_visitor ON rooms (visitor_id, source_type, source_id) WHERE open;
CREATE INDEX rooms_served ON rooms (served_by, ts) WHERE open;
CREATE INDEX rooms_server ON rooms (served_by) WHERE served_by <> '';
CREATE INDEX rooms_sla ON rooms (sla_id) WHERE open AND sla_id <> '';
CREATE INDEX rooms_ts ON rooms (ts, id);
CREATE INDEX rooms_unit ON rooms (unit_id, ts) WHERE unit_id <> '';
CREATE INDEX rooms_verifying ON rooms (visitor_id) WHERE verifying;
CREATE INDEX rooms_visitor ON rooms (visitor_id, ts);
CREATE TABLE sessions (
  id           TEXT PRIMARY KEY,
  user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash   TEXT NOT NULL UNIQUE,
  created_at   BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  ip           TEXT NOT NULL DEFAULT '',
  user_agent   TEXT NOT NULL DEFAULT ''
, parent TEXT NOT NULL DEFAULT '');
CREATE INDEX sessions_parent ON sessions (parent, created_at) WHERE parent <> '';
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE setting_changes (
  id       TEXT PRIMARY KEY,
  setting  TEXT NOT NULL,
  previous TEXT NOT NULL,
  value    TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX setting_changes_at ON setting_changes (at, id);
CREATE TABLE settings (
  id         TEXT PRIMARY KEY,
  value      TEXT NOT NULL, -- JSON
  updated_at BIGINT NOT NULL
);
CREATE TABLE sightings ( -- a visitor on a site's pages; dies by itself soon after the last sign of life
  id            TEXT PRIMARY KEY,
  page          TEXT NOT NULL UNIQUE, -- hash of the browser's own name for its page load
  kin           TEXT NOT NULL, -- hash of address, browser and site: finds the page load that follows
  site_id       TEXT NOT NULL,
  visitor_id    TEXT NOT NULL, -- '' before he has acted
  name          TEXT NOT NULL, -- as the page tells, like the next three
  staff_name    TEXT NOT NULL,
  email         TEXT NOT NULL,
  phone         TEXT NOT NULL,
  href          TEXT NOT NULL,
  title         TEXT NOT NULL,
  referrer      TEXT NOT NULL, -- of the first page
  browser       TEXT NOT NULL, -- as it names itself
  targets       TEXT NOT NULL, -- JSON: the target pages reached
  offered       BOOLEAN NOT NULL, -- a trigger or the page has spoken and waits
  pages         BIGINT NOT NULL,
  visits        BIGINT NOT NULL,
  began_at      BIGINT NOT NULL,
  seen_at       BIGINT NOT NULL,
  left_at       BIGINT NOT NULL, -- 0: is there
  expires_at    BIGINT NOT NULL,
  invitation_id TEXT NOT NULL, -- '': none is open
  invitation    TEXT NOT NULL,
  invited_by    TEXT NOT NULL,
  invited_at    BIGINT NOT NULL
, search TEXT NOT NULL DEFAULT '', origin TEXT NOT NULL DEFAULT '', ledger TEXT NOT NULL DEFAULT '[]');
CREATE INDEX sightings_expire ON sightings (expires_at);
CREATE INDEX sightings_kin ON sightings (kin) WHERE left_at > 0;
CREATE INDEX sightings_origin ON sightings (origin);
CREATE INDEX sightings_visitor ON sightings (visitor_id) WHERE visitor_id <> '';
CREATE TABLE site_changes ( -- who changed what a site changes; '' = what is general counts
  id       TEXT PRIMARY KEY,
  site_id  TEXT NOT NULL,
  setting  TEXT NOT NULL,
  previous TEXT NOT NULL,
  value    TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX site_changes_at ON site_changes (at, id);
CREATE TABLE site_settings (
  site_id    TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  id         TEXT NOT NULL,
  value      TEXT NOT NULL, -- JSON
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, id)
);
CREATE TABLE sites (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at BIGINT NOT NULL
, hosts TEXT NOT NULL DEFAULT '[]', business_hour_id TEXT NOT NULL DEFAULT '');
CREATE TABLE sla_policies (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  name_lower  TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  minutes     BIGINT NOT NULL UNIQUE,
  updated_at  BIGINT NOT NULL
);
CREATE TABLE sms_numbers ( -- who has written from which number
  number     TEXT PRIMARY KEY, -- its digits, or what there is instead
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE
);
CREATE INDEX sms_numbers_visitor ON sms_numbers (visitor_id);
CREATE TABLE sms_outgoing ( -- what agents said to people with telephones, and what became of it
  message_id TEXT PRIMARY KEY,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  seq        BIGINT NOT NULL,
  state      TEXT NOT NULL, -- waiting, sent, failed or nothing to send
  attempts   BIGINT NOT NULL,
  due_at     BIGINT NOT NULL
);
CREATE INDEX sms_outgoing_waiting ON sms_outgoing (room_id, seq) WHERE state = 'waiting';
CREATE TABLE subscriptions (
  id             TEXT PRIMARY KEY,
  room_id        TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id        TEXT NOT NULL,
  ts             BIGINT NOT NULL,
  ls             BIGINT NOT NULL DEFAULT 0, -- when the room was last read; 0 = never
  seen           BIGINT NOT NULL,           -- the number read up to; unread is counted from it
  updated_at     BIGINT NOT NULL, department_id TEXT NOT NULL DEFAULT '', on_hold BOOLEAN NOT NULL DEFAULT false,
  UNIQUE (room_id, user_id)
);
CREATE INDEX subscriptions_user ON subscriptions (user_id, room_id, on_hold, department_id);
CREATE TABLE surveys ( -- how a visitor rated a conversation
  room_id       TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  answers       TEXT NOT NULL, -- JSON: by the names of the items
  satisfaction  BIGINT NOT NULL DEFAULT 0, -- 1 to 5; 0: not answered
  agent_id      TEXT NOT NULL DEFAULT '', -- who served, and for which department, at that moment
  department_id TEXT NOT NULL DEFAULT '',
  at            BIGINT NOT NULL
);
CREATE INDEX surveys_at ON surveys (at, room_id);
CREATE TABLE tag_departments ( -- none: usable everywhere; the department may be gone
  tag_id        TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  department_id TEXT NOT NULL,
  PRIMARY KEY (tag_id, department_id)
);
CREATE TABLE tags (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  name_lower  TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  updated_at  BIGINT NOT NULL
);
CREATE TABLE tickets ( -- one-time: socket tickets and the set-up link
  hash       TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  user_id    TEXT NOT NULL DEFAULT '',
  session_id TEXT NOT NULL DEFAULT '',
  expires_at BIGINT NOT NULL
);
CREATE TABLE transcript_mails ( -- jobs that are done: a repeated attempt mails nothing
  job TEXT PRIMARY KEY,
  at  BIGINT NOT NULL
);
CREATE TABLE trigger_firings ( -- which triggers a visitor has met
  visitor_id TEXT NOT NULL,
  trigger_id TEXT NOT NULL REFERENCES triggers (id) ON DELETE CASCADE,
  at         BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, trigger_id)
);
CREATE TABLE trigger_visits ( -- page loads, told by the browser once its visitor has acted
  visitor_id TEXT NOT NULL,
  id         TEXT NOT NULL, -- chosen by the browser
  site_id    TEXT NOT NULL,
  facts      TEXT NOT NULL, -- JSON: what happened, in order
  ledger     TEXT NOT NULL, -- JSON: what each trigger did and why
  began_at   BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, id)
);
CREATE INDEX trigger_visits_began ON trigger_visits (began_at, id);
CREATE TABLE triggers (
  id          TEXT PRIMARY KEY,
  number      BIGINT NOT NULL UNIQUE, -- for people and pages; never given twice
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  enabled     BOOLEAN NOT NULL,
  run_once    BOOLEAN NOT NULL,
  site_id     TEXT NOT NULL DEFAULT '', -- '' = on every site
  conditions  TEXT NOT NULL, -- JSON
  actions     TEXT NOT NULL, -- JSON
  updated_at  BIGINT NOT NULL
);
CREATE TABLE turns ( -- who was given a chat of a queue, and when; department '' is the public queue
  department_id TEXT NOT NULL,
  agent_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  count         BIGINT NOT NULL DEFAULT 0, -- the round robin's counter
  queue_at      BIGINT NOT NULL DEFAULT 0, -- last given from the waiting queue
  routed_at     BIGINT NOT NULL DEFAULT 0, counted_at BIGINT NOT NULL DEFAULT 0, -- last given by a load method; in the public queue's row only
  PRIMARY KEY (department_id, agent_id)
);
CREATE TABLE unit_monitors (
  unit_id    TEXT NOT NULL REFERENCES units (id) ON DELETE CASCADE,
  monitor_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (unit_id, monitor_id)
);
CREATE INDEX unit_monitors_monitor ON unit_monitors (monitor_id);
CREATE TABLE units (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  name_lower TEXT NOT NULL UNIQUE,
  visibility TEXT NOT NULL, -- public or private
  created_by TEXT NOT NULL DEFAULT '',
  updated_at BIGINT NOT NULL
);
CREATE TABLE user_emails (
  address  TEXT PRIMARY KEY, -- lower-cased
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  verified BOOLEAN NOT NULL
);
CREATE INDEX user_emails_user ON user_emails (user_id, position);
CREATE TABLE user_group_members (
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX user_group_members_user ON user_group_members (user_id);
CREATE TABLE user_groups ( -- of users, beside conversations
  id            TEXT PRIMARY KEY,
  t             TEXT NOT NULL, -- p: of its members; c: of everybody
  name          TEXT NOT NULL,
  name_lower    TEXT NOT NULL UNIQUE,
  read_only     BOOLEAN NOT NULL,
  custom_fields TEXT NOT NULL, -- JSON
  created_by    TEXT NOT NULL, -- user id
  created_at    BIGINT NOT NULL
);
CREATE TABLE user_roles (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role    TEXT NOT NULL,
  PRIMARY KEY (user_id, role)
);
CREATE INDEX user_roles_role ON user_roles (role);
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
CREATE INDEX users_name ON users (name);
CREATE TABLE visit_counts ( -- of visitors who have acted
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  visits     BIGINT NOT NULL,
  last_at    BIGINT NOT NULL
);
CREATE TABLE visitor_consents (
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  position   BIGINT NOT NULL,
  text       TEXT NOT NULL, -- the words that were accepted
  at         BIGINT NOT NULL,
  PRIMARY KEY (visitor_id, position)
);
CREATE TABLE visitor_days (
  day           BIGINT NOT NULL, -- UTC, since 1970
  department_id TEXT NOT NULL,
  part          BIGINT NOT NULL, -- who writes at the same time has another one, and need not wait
  visitors      BIGINT NOT NULL, -- of all parts together: a part alone may be negative
  PRIMARY KEY (day, department_id, part)
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
CREATE TRIGGER visitor_days_gone AFTER DELETE ON visitors BEGIN
  UPDATE visitor_days SET visitors = visitors - 1 WHERE day = old.updated_at / 86400000 AND department_id = old.department_id AND part = 0;
END;
CREATE TRIGGER visitor_days_new AFTER INSERT ON visitors BEGIN
  INSERT INTO visitor_days (day, department_id, part, visitors) VALUES (new.updated_at / 86400000, new.department_id, 0, 1)
    ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = visitors + 1;
END;
CREATE TRIGGER visitor_days_other AFTER UPDATE OF updated_at, department_id ON visitors
WHEN old.updated_at / 86400000 <> new.updated_at / 86400000 OR old.department_id <> new.department_id BEGIN
  UPDATE visitor_days SET visitors = visitors - 1 WHERE day = old.updated_at / 86400000 AND department_id = old.department_id AND part = 0;
  INSERT INTO visitor_days (day, department_id, part, visitors) VALUES (new.updated_at / 86400000, new.department_id, 0, 1)
    ON CONFLICT (day, department_id, part) DO UPDATE SET visitors = visitors + 1;
END;
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
, last_agent TEXT NOT NULL DEFAULT '', last_agent_at BIGINT NOT NULL DEFAULT 0, contact_manager TEXT NOT NULL DEFAULT '', room_data TEXT NOT NULL DEFAULT '{}', contact_id TEXT NOT NULL DEFAULT '');
CREATE INDEX visitors_contact ON visitors (contact_id) WHERE contact_id <> '';
CREATE INDEX visitors_manager ON visitors (contact_manager) WHERE contact_manager <> '';
CREATE INDEX visitors_updated ON visitors (updated_at, department_id);
CREATE TABLE webhook_attempts (
  id          TEXT PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
  attempt     BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  duration    BIGINT NOT NULL, -- milliseconds
  status      BIGINT NOT NULL, -- 0 = no answer
  error       TEXT NOT NULL DEFAULT '',
  answer      TEXT NOT NULL DEFAULT '' -- cut
);
CREATE INDEX webhook_attempts_delivery ON webhook_attempts (delivery_id, at, id);
CREATE TABLE webhook_deliveries (
  id             TEXT PRIMARY KEY,
  event_id       TEXT NOT NULL REFERENCES webhook_events (id) ON DELETE CASCADE,
  destination_id TEXT NOT NULL REFERENCES webhook_destinations (id) ON DELETE CASCADE,
  room_id        TEXT NOT NULL,
  number         BIGINT NOT NULL, -- the order of everything that is sent
  status         TEXT NOT NULL,   -- pending, sent, dead or dropped
  attempt        BIGINT NOT NULL DEFAULT 0, -- how many have ended
  due_at         BIGINT NOT NULL,
  lease_until    BIGINT NOT NULL DEFAULT 0,
  last_status    BIGINT NOT NULL DEFAULT 0, -- 0 = no answer
  last_error     TEXT NOT NULL DEFAULT '',
  created_at     BIGINT NOT NULL,
  done_at        BIGINT NOT NULL DEFAULT 0, place BIGINT NOT NULL DEFAULT 0,
  UNIQUE (event_id, destination_id)
);
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (number) WHERE status = 'dead';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (destination_id, due_at, number) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_first ON webhook_deliveries (destination_id, room_id, place, number) WHERE status = 'pending' AND attempt = 0;
CREATE INDEX webhook_deliveries_number ON webhook_deliveries (number);
CREATE INDEX webhook_deliveries_room ON webhook_deliveries (room_id, number);
CREATE TABLE webhook_destinations ( -- of 'crm' the settings say where, with what token and which events
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  url          TEXT NOT NULL DEFAULT '',
  token        TEXT NOT NULL DEFAULT '',
  events       TEXT NOT NULL DEFAULT '[]', -- JSON
  enabled      BOOLEAN NOT NULL DEFAULT true,
  secret       TEXT NOT NULL DEFAULT '',
  old_secret   TEXT NOT NULL DEFAULT '', -- signs too, until old_until
  old_until    BIGINT NOT NULL DEFAULT 0,
  failures     BIGINT NOT NULL DEFAULT 0, -- without an answer, one after the other
  open_until   BIGINT NOT NULL DEFAULT 0, -- nothing is sent before
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE TABLE webhook_events (
  id         TEXT PRIMARY KEY,
  source     TEXT NOT NULL, -- the event it was made of
  kind       TEXT NOT NULL,
  type       TEXT NOT NULL,
  room_id    TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  body       TEXT NOT NULL,
  at         BIGINT NOT NULL,
  UNIQUE (source, kind)
);
CREATE INDEX webhook_events_at ON webhook_events (at, id);
CREATE INDEX webhook_events_visitor ON webhook_events (visitor_id);
