-- Canned responses: prepared texts of people, departments and everybody.

-- +goose Up

-- features/canned
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

-- +goose Down
SELECT 'not undone: restore a backup instead';
