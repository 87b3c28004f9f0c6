-- E-mails on their way out.

-- +goose Up

-- platform/mail
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
CREATE INDEX mails_created ON mails (created_at, id);
CREATE INDEX mails_state ON mails (state, created_at, id);
CREATE INDEX mails_about ON mails (about) WHERE about <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';
