-- E-mail inboxes, and the rooms that begin with a mail.

-- +goose Up

-- features/rooms
ALTER TABLE rooms ADD COLUMN source_id TEXT NOT NULL DEFAULT ''; -- which of its type; of mails the inbox's address
ALTER TABLE rooms ADD COLUMN email TEXT NOT NULL DEFAULT ''; -- JSON, of one that began with a mail
DROP INDEX rooms_open_visitor;
CREATE UNIQUE INDEX rooms_open_visitor ON rooms (visitor_id, source_type, source_id) WHERE open;

-- features/inboxes
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
CREATE TABLE inbox_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
CREATE TABLE inbox_senders ( -- who writes from an address
  address    TEXT NOT NULL,
  site_id    TEXT NOT NULL,
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  PRIMARY KEY (address, site_id)
);
CREATE INDEX inbox_senders_visitor ON inbox_senders (visitor_id);
CREATE TABLE inbox_mails ( -- each is handled once, for good
  message_id TEXT PRIMARY KEY,
  at         BIGINT NOT NULL
);
CREATE TABLE inbox_threads ( -- the ids of mails that belong into a room
  message_id TEXT NOT NULL,
  room_id    TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, room_id)
);
CREATE INDEX inbox_threads_room ON inbox_threads (room_id);

-- +goose Down
SELECT 'not undone: restore a backup instead';
