-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/offline
ALTER TABLE offline_messages ADD COLUMN claim TEXT NOT NULL DEFAULT ''; -- hash of what the browser that wrote it shows to go on in a chat
ALTER TABLE offline_messages ADD COLUMN room_id TEXT NOT NULL DEFAULT ''; -- the chat it became part of
ALTER TABLE offline_messages ADD COLUMN agent_id TEXT NOT NULL DEFAULT ''; -- whom the visitor chose
CREATE INDEX offline_messages_claim ON offline_messages (claim) WHERE claim <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';
