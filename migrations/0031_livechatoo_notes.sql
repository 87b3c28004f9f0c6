-- What pages of the second widget API tell agents about a visitor.

-- +goose Up

-- features/livechatoo
CREATE TABLE livechatoo_notes (
  visitor_id TEXT PRIMARY KEY REFERENCES visitors (id) ON DELETE CASCADE,
  name       TEXT NOT NULL, -- that only agents see
  department TEXT NOT NULL, -- of the page's own list
  targets    TEXT NOT NULL, -- JSON, the target pages that the visitor has reached
  updated_at BIGINT NOT NULL
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
