-- Pages of others beside a chat, and what sites say about their visitors.

-- +goose Up

-- features/accounts
ALTER TABLE sessions ADD COLUMN parent TEXT NOT NULL DEFAULT ''; -- the sign-in it was lent from and ends with
CREATE INDEX sessions_parent ON sessions (parent, created_at) WHERE parent <> '';

-- features/integrations
CREATE TABLE integration_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
CREATE TABLE identity_claims ( -- what a page says about its visitor, until the room is closed
  room_id    TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  value      TEXT NOT NULL, -- sealed
  updated_at BIGINT NOT NULL
);
CREATE TABLE identity_checks (
  id      TEXT PRIMARY KEY,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  at      BIGINT NOT NULL,
  body    TEXT NOT NULL -- JSON
);
CREATE INDEX identity_checks_room ON identity_checks (room_id, at);

-- +goose Down
SELECT 'not undone: restore a backup instead';
