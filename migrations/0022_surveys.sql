-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/surveys
CREATE TABLE surveys ( -- how a visitor rated a conversation
  room_id       TEXT PRIMARY KEY REFERENCES rooms (id) ON DELETE CASCADE,
  answers       TEXT NOT NULL, -- JSON: by the names of the items
  satisfaction  BIGINT NOT NULL DEFAULT 0, -- 1 to 5; 0: not answered
  agent_id      TEXT NOT NULL DEFAULT '', -- who served, and for which department, at that moment
  department_id TEXT NOT NULL DEFAULT '',
  at            BIGINT NOT NULL
);
CREATE INDEX surveys_at ON surveys (at, room_id);
