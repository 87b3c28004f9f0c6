-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/offline
ALTER TABLE offline_messages ADD COLUMN visitor_id TEXT NOT NULL DEFAULT ''; -- whose browser wrote it, where that is known
CREATE INDEX offline_messages_visitor ON offline_messages (visitor_id) WHERE visitor_id <> '';

-- +goose Down
SELECT 'not undone: restore a backup instead';
