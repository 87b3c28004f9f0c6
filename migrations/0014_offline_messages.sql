-- What visitors leave while nobody is there, and who wants no mails to all.

-- +goose Up

-- features/offline
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
);
CREATE INDEX offline_messages_at ON offline_messages (at, id);
CREATE INDEX offline_messages_email ON offline_messages (email_lower, at);
CREATE INDEX offline_messages_new ON offline_messages (department_id) WHERE state = 'new';

-- features/mailer
CREATE TABLE mailer_recipients ( -- of mails to many users
  user_id         TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token           TEXT NOT NULL UNIQUE, -- in the link that ends them
  unsubscribed_at BIGINT NOT NULL DEFAULT 0
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
