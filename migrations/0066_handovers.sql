-- A visitor's session on its way from one of a site's domains to another.

-- +goose Up

-- features/visitors
CREATE TABLE handovers (
  code_hash  TEXT PRIMARY KEY,
  visitor_id TEXT NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
  from_host  TEXT NOT NULL,
  to_host    TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
