-- One text for SQLite and PostgreSQL. Times are BIGINT epoch milliseconds; what only
-- some records carry is JSON in TEXT. The feature named before a table owns it.

-- +goose Up

-- features/settings
CREATE TABLE assets (
	setting TEXT PRIMARY KEY, -- whose value names the file
	type    TEXT NOT NULL,
	content TEXT NOT NULL,    -- base64, small: it changes with the setting, in one transaction
	tag     TEXT NOT NULL     -- of the content
);

-- +goose Down
SELECT 'not undone: restore a backup instead';
