-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/groups
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
INSERT INTO user_groups (id, t, name, name_lower, read_only, custom_fields, created_by, created_at) VALUES ('GENERAL', 'c', 'general', 'general', false, '{}', '', 0);

CREATE TABLE user_group_members (
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX user_group_members_user ON user_group_members (user_id);

CREATE INDEX offline_messages_channel ON offline_messages (lower(channel)) WHERE channel <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';
