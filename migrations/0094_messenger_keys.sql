-- Facebook Messenger: what the pages' tokens are sealed with.

-- +goose Up

-- features/messenger
CREATE TABLE messenger_keys (
  id  TEXT PRIMARY KEY,
  key TEXT NOT NULL -- base64
);
UPDATE messenger_pages SET access_token = ''; -- they were not sealed: they are entered again

-- +goose Down
SELECT 'not undone: restore a backup instead';
